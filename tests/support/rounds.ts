import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { median, p95 } from '../../scripts/bench/statistics.ts';

/** Set by `npm run test:soak`: faults are repeated as often as the fault list says. */
export const SOAK = process.env.PEERLEARN_SOAK === '1';
/** What was measured while faults were tested, one line of JSON each; `npm run test:soak` shows them. */
export const FIGURES = '.cache/reports/faults.jsonl';

/** The first number in every test run, the second in the soak. */
export function rounds(usual: number, soak: number): number {
	return SOAK ? soak : usual;
}

/**
 * Attacks are the same ones in every test run, so that a change is judged and not chance; the soak looks for new ones each time
 * and says with which number they come again.
 */
export const ATTACKS = rounds(1, Number(process.env.PEERLEARN_ATTACKS ?? Date.now() & 0x7fffffff));

export interface Measured {
	/** With the id of the fault. */
	name: string;
	unit: 'ms' | 'MB' | 'entries' | '';
	/** One value, or median and 95th percentile of several. */
	count: number;
	median: number;
	p95: number;
	most: number;
	aim: string;
}

/** Notes what was measured; asserting is the test's own. */
export function measured(
	name: string,
	unit: Measured['unit'],
	values: number | readonly number[],
	aim: string
): void {
	const all = typeof values === 'number' ? [values] : values;
	const figure: Measured = {
		name,
		unit,
		count: all.length,
		median: median(all),
		p95: p95(all),
		most: Math.max(...all),
		aim
	};
	mkdirSync(dirname(FIGURES), { recursive: true });
	appendFileSync(FIGURES, `${JSON.stringify(figure)}\n`);
}

/** A whole number from `least` to `most`. */
export function between(least: number, most: number): number {
	return least + Math.floor(Math.random() * (most - least + 1));
}

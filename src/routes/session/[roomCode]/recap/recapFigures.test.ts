import { expect, test } from 'vitest';
import type { Recap } from '$lib/server/recap/recapService.ts';
import { recapFigures } from './recapFigures.ts';

const MAYA = { userId: 'm', name: 'Maya Okafor', role: 'mentor' as const };
const LIAM = { userId: 'l', name: 'Liam Chen', role: 'learner' as const };
const START = Date.UTC(2026, 6, 14, 15);
const HOUR = 3_600_000;

/** Value and note of what was earned. */
function earned(amountMinor: number, learnerSeconds: number): string {
	const session: Recap['session'] = {
		...{ roomCode: 'code', title: 'Fractions', status: 'completed', endReason: 'mentor' },
		...{ startsAt: START, endsAt: START + HOUR, startedAt: START, endedAt: START + HOUR },
		...{ startableFrom: START, members: [MAYA, LIAM] }
	};
	const figures = recapFigures({
		session,
		durationSeconds: 3_600,
		time: { lessonSeconds: 3_600, taughtSeconds: 3_600, interruptedSeconds: 0, interruptions: [] },
		attendance: [
			{ ...MAYA, presentSeconds: 3_600, times: [] },
			{ ...LIAM, presentSeconds: learnerSeconds, times: [] }
		],
		earning: { amountMinor, feeMinor: amountMinor / 10, currency: 'EUR' }
	});
	const { value, note } = figures.find(({ name }) => name === 'Earned')!;
	return `${value}: ${note}`;
}

test('[F2] [F6] nothing earned says why: a free lesson is not one to which no learner came', () => {
	expect(earned(4_500, 3_600)).toBe('€40.50: Booked when the session ended');
	expect(earned(0, 3_600)).toBe('€0.00: It was free');
	expect(earned(0, 0)).toBe('€0.00: No learner was there');
});

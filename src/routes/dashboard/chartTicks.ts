const STEPS = [1, 2, 2.5, 5, 10];
/** Lines between the bottom and the top, at most. */
const MOST = 3;

/**
 * Round amounts for the lines of a chart, from 0 to the first one that is not below `most`; in minor units, so that
 * they are round in print too. `digits`: how many the currency has after the point.
 */
export function chartTicks(most: number, digits: number): number[] {
	if (most <= 0) return [0];
	// Whole units where there are some: half a euro is no line to look for.
	const unit = most >= 10 ** digits * MOST ? 10 ** digits : 1;
	const raw = most / unit / MOST;
	const power = 10 ** Math.floor(Math.log10(raw));
	const step =
		STEPS.map((factor) => factor * power).find((candidate) => candidate >= raw * (1 - 1e-9)) ?? 10 * power;
	const minor = Math.max(1, Math.ceil(step * unit - 1e-6));
	return Array.from({ length: Math.ceil(most / minor) + 1 }, (_, nth) => nth * minor);
}

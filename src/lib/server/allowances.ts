import { createAllowance, type Rate } from '../../../peer-server/allowance.ts';

/** One allowance for each key; those that are full again are forgotten. */
export function createAllowances(rate: Rate, now: () => number): (key: string, count?: number) => boolean {
	const refilledAfter = (rate.burst / rate.perSecond) * 1_000;
	const known = new Map<string, { allow: (count?: number) => boolean; usedAt: number }>();
	return (key, count) => {
		const entry = known.get(key) ?? { allow: createAllowance(rate, now), usedAt: 0 };
		// The order of the map is that of last use.
		known.delete(key);
		for (const [old, { usedAt }] of known) {
			if (now() - usedAt < refilledAfter) break;
			known.delete(old);
		}
		known.set(key, entry);
		entry.usedAt = now();
		return entry.allow(count);
	};
}

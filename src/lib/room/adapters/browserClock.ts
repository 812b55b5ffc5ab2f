import type { Clock } from '../ports.ts';

/** The browser's clock, which also counts the time a laptop sleeps, and its timers. */
export function browserClock(): Clock {
	return {
		now: () => Date.now(),
		after(ms, run) {
			const timer = setTimeout(run, ms);
			return () => clearTimeout(timer);
		},
		every(ms, run) {
			const timer = setInterval(run, ms);
			return () => clearInterval(timer);
		}
	};
}

import type { Clock, Stop } from './ports.ts';

/** Listeners hear at most this often, ms: joining replays thousands of entries, and screens show 60 pictures a second. */
const PACE = 16;

/** One value computed from everything else, and those who want to know when it changed. */
export interface ViewFeed<T> {
	/** Always up to date, whether listeners have heard of it yet or not. */
	view(): T;
	subscribe(listener: (view: T) => void): Stop;
	/** Something the value is made of has changed. */
	changed(): void;
}

export function createViewFeed<T>(compute: () => T, clock: Clock): ViewFeed<T> {
	const listeners = new Set<(view: T) => void>();
	let current: T | null = null;
	let toldAt = -Infinity;
	let pending = false;

	function view(): T {
		return (current ??= compute());
	}

	function tell(): void {
		pending = false;
		toldAt = clock.now();
		for (const listener of listeners) listener(view());
	}

	return {
		view,
		subscribe(listener) {
			listeners.add(listener);
			listener(view());
			return () => listeners.delete(listener);
		},
		changed() {
			current = null;
			if (pending || listeners.size === 0) return;
			pending = true;
			// A local clock that was set back must not silence the page.
			const wait = Math.min(Math.max(0, toldAt + PACE - clock.now()), PACE);
			clock.after(wait, tell);
		}
	};
}

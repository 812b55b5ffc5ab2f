import { createContext, untrack } from 'svelte';

/** Sentences stay this long, ms: long enough to be read out, gone before anybody meets them with the arrow keys. */
const KEPT = 6_000;

/** The one voice of the page for screen readers: what is said here is read once, politely. */
export interface Announcer {
	readonly spoken: readonly { id: number; text: string }[];
	announce(text: string): void;
}

export function createAnnouncer(): Announcer {
	let spoken = $state.raw<{ id: number; text: string }[]>([]);
	let nextId = 1;
	return {
		get spoken() {
			return spoken;
		},
		announce(text) {
			const sentence = { id: nextId++, text };
			// Said from within effects, which must not run again because something was said.
			spoken = [...untrack(() => spoken).slice(-4), sentence];
			setTimeout(() => (spoken = spoken.filter((each) => each !== sentence)), KEPT);
		}
	};
}

export const [useAnnouncer, provideAnnouncer] = createContext<Announcer>();

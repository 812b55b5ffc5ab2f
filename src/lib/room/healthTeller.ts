import { healthWords, type Health } from './health.ts';
import type { Clock, Stop } from './ports.ts';
import type { RoomView } from './roomView.ts';
import type { ViewFeed } from './viewFeed.ts';
import { isolated } from '../shared/isolated.ts';

/** Between two looks, ms. What lasts shorter is not told. */
const LOOK_EVERY = 500;

/** Says what went wrong and what is well again: once each, when it holds for two looks, and only in the room. */
export function tellHealth(deps: {
	clock: Clock;
	feed: ViewFeed<RoomView>;
	tell: (kind: 'trouble' | 'mended', text: string) => void;
}): Stop {
	const { clock, feed, tell } = deps;
	let told: Health | null = null;
	let seen: Health | null = null;

	return clock.every(LOOK_EVERY, () => {
		const { phase, health, people, session } = feed.view();
		// What the view says about silence depends on how long it lasts.
		if (people.some((person) => person.silent)) feed.changed();
		if (phase.name !== 'inRoom') {
			told = null;
			seen = null;
			return;
		}
		const holds = seen?.name === health.name;
		seen = health;
		if (!holds) return;
		const nameOf = (userId: string) =>
			isolated(session.members.find((member) => member.userId === userId)?.name ?? 'Someone');
		const words = told && healthWords(told, health, nameOf);
		told = health;
		if (words) tell(words.kind, words.text);
	});
}

import type { PassedMessage } from '../../shared/live.ts';
import type { Reaction } from '../../shared/reactions.ts';
import type { CompanyLink } from '../hosting/companyLink.ts';
import type { Clock, Stop } from '../ports.ts';

/** One reaction that is on somebody's picture now. */
export interface ReactionView {
	/** Grows, so it serves as the list key. */
	id: number;
	userId: string;
	reaction: Reaction;
}

/** What people show for a moment. Nothing of it is kept. */
export interface Reactions {
	/** Oldest first; the same value until something changes. */
	shown(): readonly ReactionView[];
	/** One's own: on this page at once, on the others' as fast as it travels. */
	react(reaction: Reaction): void;
	stop: Stop;
}

/** How long one stays on a picture, ms. */
const SHOWN_FOR = 4_000;
/** On one person's picture at a time; fewer than the server takes in that time. */
const AT_ONCE = 6;

export function createReactions(deps: {
	link: Pick<CompanyLink, 'react' | 'onPassed'>;
	clock: Clock;
	myUserId: string;
	seatId: () => string;
	onChange: () => void;
}): Reactions {
	const { link, clock, myUserId, seatId, onChange } = deps;
	let shown: readonly ReactionView[] = [];
	let nextId = 1;
	const stopListening = link.onPassed(hear);

	function hear(message: PassedMessage): void {
		if (message.type === 'reaction') show(message.fromUserId, message.reaction);
	}

	function show(userId: string, reaction: Reaction): void {
		const one: ReactionView = { id: nextId++, userId, reaction };
		const theirs = shown.filter((each) => each.userId === userId);
		const oldest = theirs.length >= AT_ONCE ? theirs[0] : null;
		shown = [...shown.filter((each) => each !== oldest), one];
		clock.after(SHOWN_FOR, () => {
			shown = shown.filter((each) => each !== one);
			onChange();
		});
		onChange();
	}

	return {
		shown: () => shown,
		react(reaction) {
			if (shown.filter((each) => each.userId === myUserId).length >= AT_ONCE) return;
			show(myUserId, reaction);
			link.react({ seatId: seatId(), reaction }).catch(() => undefined);
		},
		stop: stopListening
	};
}

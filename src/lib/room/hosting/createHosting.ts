import type { HostRequest } from '../../shared/hosting.ts';
import { isolated } from '../../shared/isolated.ts';
import type { LiveMessage, Participant } from '../../shared/live.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { Member } from '../../shared/roomState.ts';
import { linkFailure } from '../failures.ts';
import type { Clock } from '../ports.ts';
import type { RoomNotice } from '../roomView.ts';
import type { CompanyLink } from './companyLink.ts';
import { foldRemoved, type RemovedPeople } from './removedPeople.ts';

/** What the mentor does with the people in the room, and what a page does when it is asked. */
export interface Hosting {
	/** Everybody whom the mentor has removed and not let in again. */
	removed(): Member[];
	commands: HostingCommands;
	event(event: RoomEvent): void;
	/** Takes what the mentor asks of this page. */
	hear(message: LiveMessage & { type: 'hostRequest' }): void;
	/** The log is another one from now on. */
	restart(): void;
}

/** None of these throws: what comes of them is shown, or told as a notice. */
export interface HostingCommands {
	/** Mentor: asks one person's page, or with null everybody else's; what became of it is told. */
	ask(what: HostRequest, userId: string | null): Promise<void>;
	/** Mentor: takes a learner out of the session until they are let in again. */
	remove(userId: string): Promise<void>;
	readmit(userId: string): Promise<void>;
}

/** A page that can be reached has done what it was asked within this time, ms. */
const PATIENCE = 3_000;
const LOOK_EVERY = 150;

export function createHosting(deps: {
	link: Pick<CompanyLink, 'ask' | 'remove' | 'readmit'>;
	clock: Clock;
	randomId: () => string;
	me: Member;
	members: () => readonly Member[];
	participants: () => readonly Participant[];
	seatId: () => string;
	/** Repeats what was cut off. */
	request: (ask: () => Promise<void>) => Promise<void>;
	/** This page's own, as they are now. */
	own: {
		isHeard: () => boolean;
		mute: () => void;
		isHandRaised: () => boolean;
		lowerHand: () => void;
	};
	tell: (kind: RoomNotice['kind'], text: string) => void;
	onChange: () => void;
}): Hosting {
	const { link, clock, randomId, me, members, participants, seatId, request, own, tell, onChange } = deps;
	let removed: RemovedPeople = [];

	function memberOf(userId: string): Member | undefined {
		return members().find((member) => member.userId === userId);
	}

	/** Those of whom it is still true that they should do it. */
	function open(what: HostRequest, userId: string | null): Participant[] {
		return participants().filter(
			(person) =>
				person.userId !== me.userId &&
				(userId ?? person.userId) === person.userId &&
				(what === 'mute' ? person.media.microphone : person.handRaised)
		);
	}

	/** What presence shows is what happened; a request that was lost is told, and can be made again. */
	function watch(what: HostRequest, userId: string | null, until: number): void {
		const left = open(what, userId);
		if (left.length === 0)
			return tell('info', doneWords(what, userId && isolated(memberOf(userId)?.name ?? '')));
		if (clock.now() < until) clock.after(LOOK_EVERY, () => watch(what, userId, until));
		else for (const { name } of left) tell('error', notDoneWords(what, isolated(name)));
	}

	return {
		removed: () => removed.flatMap((userId) => memberOf(userId) ?? []),
		commands: {
			async ask(what, userId) {
				try {
					await link.ask({ seatId: seatId(), what, userId });
					watch(what, userId, clock.now() + PATIENCE);
				} catch (error) {
					// Asked again much later it might undo what somebody has decided since.
					const failure = linkFailure(error);
					tell(
						'error',
						failure.kind === 'lost' ? 'That did not get through. Please try again.' : failure.message
					);
				}
			},
			async remove(userId) {
				const clientId = randomId();
				await request(() => link.remove(clientId, userId));
			},
			async readmit(userId) {
				const clientId = randomId();
				await request(() => link.readmit(clientId, userId));
			}
		},
		event(event) {
			const before = removed;
			removed = foldRemoved(removed, event);
			if (removed !== before) onChange();
		},
		hear({ what, fromUserId }) {
			const who = isolated(memberOf(fromUserId)?.name.trim().split(/\s+/u)[0] ?? 'The mentor');
			if (what === 'mute' && own.isHeard()) {
				own.mute();
				tell('info', `${who} muted you. You can unmute yourself.`);
			}
			if (what === 'lowerHand' && own.isHandRaised()) {
				own.lowerHand();
				tell('info', `${who} lowered your hand`);
			}
		},
		restart() {
			removed = [];
		}
	};
}

function doneWords(what: HostRequest, name: string | null): string {
	if (what === 'mute') return name === null ? 'Everybody else is muted' : `${name} is muted`;
	return name === null ? 'All hands are down' : `${name}’s hand is down`;
}

function notDoneWords(what: HostRequest, name: string): string {
	return what === 'mute' ? `${name}’s microphone is still on` : `${name}’s hand is still up`;
}

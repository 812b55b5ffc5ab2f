import { CAPTIONS_AT_ONCE, CAPTIONS_PER_SECOND, type Caption } from '../../shared/captions.ts';
import { HOST_REQUESTS_AT_ONCE, HOST_REQUESTS_PER_SECOND, type HostRequest } from '../../shared/hosting.ts';
import { REACTIONS_AT_ONCE, REACTIONS_PER_SECOND, type Reaction } from '../../shared/reactions.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import { createAllowances } from '../allowances.ts';
import type { Presence } from '../presence/presenceService.ts';
import type { Membership } from './admissions.ts';

/**
 * What people in a running session do to each other without leaving a trace: ask, react, caption. All of it needs the
 * sender's seat. Refusals of all: `not-live`, `session-over`, `no-seat`, `too-many`.
 */
export interface Company {
	/** By the mentor; `userId` null is everybody else. Answers how many pages were asked. */
	ask(of: Membership, input: { seatId: string; what: HostRequest; userId: string | null }): number;
	react(of: Membership, input: { seatId: string; reaction: Reaction }): void;
	caption(of: Membership, input: { seatId: string; caption: Caption }): void;
}

export function createCompany(deps: {
	presence: Pick<Presence, 'holdsSeat' | 'ask' | 'pass'>;
	now: () => number;
}): Company {
	const { presence, now } = deps;
	const mayAsk = createAllowances({ perSecond: HOST_REQUESTS_PER_SECOND, burst: HOST_REQUESTS_AT_ONCE }, now);
	const mayReact = createAllowances({ perSecond: REACTIONS_PER_SECOND, burst: REACTIONS_AT_ONCE }, now);
	const mayCaption = createAllowances({ perSecond: CAPTIONS_PER_SECOND, burst: CAPTIONS_AT_ONCE }, now);

	function check({ session, member }: Membership, seatId: string, allow: (key: string) => boolean): void {
		if (session.status !== 'live') throw new Refusal(isOver(session.status) ? 'session-over' : 'not-live');
		if (!presence.holdsSeat(session.roomCode, member.userId, seatId)) throw new Refusal('no-seat');
		if (!allow(`${session.id} ${member.userId}`)) throw new Refusal('too-many');
	}

	return {
		ask(of, { seatId, what, userId }) {
			check(of, seatId, mayAsk);
			return presence.ask(of.session.roomCode, { userId: of.member.userId, what, toUserId: userId });
		},
		react(of, { seatId, reaction }) {
			check(of, seatId, mayReact);
			const from = { fromUserId: of.member.userId, fromSeatId: seatId };
			presence.pass(of.session.roomCode, { type: 'reaction', ...from, reaction });
		},
		caption(of, { seatId, caption }) {
			check(of, seatId, mayCaption);
			const from = { fromUserId: of.member.userId, fromSeatId: seatId };
			presence.pass(of.session.roomCode, { type: 'caption', ...from, caption });
		}
	};
}

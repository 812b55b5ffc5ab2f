import type { InvitationAnswer, InvitationView, OpenInvitation } from '../../shared/planning.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Row, Store } from '../db/store.ts';
import { hashToken } from './invite.ts';
import { readAsked, readByToken, readOpenOf } from './invitationReads.ts';

type Invitation = Pick<Row<'invitations'>, 'acceptedAt' | 'declinedAt' | 'withdrawnAt'>;

/** Tokens have 22 characters: what is much longer was never one. */
const TOKEN_MAX = 64;

export function answerOf({
	acceptedAt,
	declinedAt
}: Pick<Invitation, 'acceptedAt' | 'declinedAt'>): InvitationAnswer {
	if (declinedAt !== null) return 'declined';
	return acceptedAt !== null ? 'accepted' : 'open';
}

export function createInvitationViews(deps: {
	store: Store;
	now: () => number;
	currency: string;
	mailsLeave: boolean;
}) {
	const { store, now, currency, mailsLeave } = deps;
	const { tables, db } = store;

	return {
		async invitation(token: string, user: { id: string } | null): Promise<InvitationView | null> {
			const found = token.length > TOKEN_MAX ? null : await readByToken(tables, db, hashToken(token));
			if (!found) return null;
			const { invitation, owner } = found;
			const lessons = await readAsked(tables, db, found);
			const toCome = lessons.filter(({ status }) => !isOver(status));
			// The first one that is still to come; of what is past the one that was meant.
			const lesson = toCome[0] ?? found.session;
			const isMine = user !== null && (invitation.userId ?? owner?.id) === user.id;
			const isOut = toCome.length === 0;
			const answer = isOut ? (lesson.status === 'cancelled' ? 'cancelled' : 'over') : answerOf(invitation);
			const state = invitation.withdrawnAt !== null ? 'withdrawn' : answer;
			return {
				...{ state, title: lesson.title, description: lesson.description },
				...{ startsAt: lesson.startsAt.getTime(), endsAt: lesson.endsAt.getTime() },
				...{ weeks: Math.max(1, toCome.length), priceMinor: lesson.priceMinor, currency },
				mentor: found.mentor,
				email: invitation.email,
				...{ hasAccount: owner !== null || invitation.userId !== null, isMine },
				roomCode: isMine && state !== 'withdrawn' ? lesson.roomCode : null,
				serverNow: now()
			};
		},

		async openInvitations(user: { id: string }): Promise<OpenInvitation[]> {
			const rows = await readOpenOf(tables, db, user.id, { proved: mailsLeave });
			return rows.map(({ session, mentorName }) => ({
				...{ roomCode: session.roomCode, title: session.title, mentorName },
				...{ startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime() },
				...{ priceMinor: session.priceMinor, currency }
			}));
		}
	};
}

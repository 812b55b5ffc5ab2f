import type { InvitationView } from '../../../lib/shared/planning.ts';

/** What the page of an invitation shows. */
export type InvitationState =
	| 'asked'
	| 'askedSignedOut'
	| 'coming'
	| 'declined'
	| 'answeredSignedOut'
	/** Signed in, but not as whom it was sent to. */
	| 'otherAccount'
	| 'withdrawn'
	| 'cancelled'
	| 'over';

export function invitationState(
	{ state, isMine }: Pick<InvitationView, 'state' | 'isMine'>,
	signedIn: boolean
): InvitationState {
	if (state === 'withdrawn' || state === 'cancelled' || state === 'over') return state;
	if (!signedIn) return state === 'open' ? 'askedSignedOut' : 'answeredSignedOut';
	if (!isMine) return 'otherAccount';
	if (state === 'open') return 'asked';
	return state === 'accepted' ? 'coming' : 'declined';
}

/** Where a session stands; it only ever moves forward (spec, “Words”). */
export const SESSION_STATUSES = ['scheduled', 'live', 'completed', 'cancelled', 'missed'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** A person's role in their account and, for members, in a session. */
export const ROLES = ['mentor', 'learner'] as const;
export type Role = (typeof ROLES)[number];

/** Why a live session ended: the mentor pressed the button, or its scheduled end came. */
export const END_REASONS = ['mentor', 'time'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Statuses after which nothing more happens in the room. */
export function isOver(status: SessionStatus): boolean {
	return status === 'completed' || status === 'cancelled' || status === 'missed';
}

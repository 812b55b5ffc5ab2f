/** Where a session stands; it only ever moves forward (spec, “Words”). */
export const SESSION_STATUSES = ['scheduled', 'live', 'completed', 'cancelled', 'missed'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What is planned, or goes on. */
export const TO_COME: SessionStatus[] = ['scheduled', 'live'];

/** A person's role in their account and, for members, in a session. */
export const ROLES = ['mentor', 'learner'] as const;
export type Role = (typeof ROLES)[number];

/** Why a live session ended: the mentor pressed the button, or its scheduled end came. */
export type EndReason = 'mentor' | 'time';

/** Statuses after which nothing more happens in the room. */
export function isOver(status: SessionStatus): boolean {
	return status === 'completed' || status === 'cancelled' || status === 'missed';
}

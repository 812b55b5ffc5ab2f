import type { RefusalReason } from './refusals.ts';

const STATUS: Partial<Record<RefusalReason, number>> = {
	'signed-out': 401,
	'not-found': 404,
	'not-mentor': 403,
	unverified: 403,
	removed: 403,
	'too-large': 413,
	'too-many': 429,
	'bad-input': 400,
	'no-space': 507,
	internal: 500
};

/** The HTTP status of a refusal (RFC 9110; 507 is of RFC 4918). */
export function refusalStatus(reason: RefusalReason): number {
	return STATUS[reason] ?? 409;
}

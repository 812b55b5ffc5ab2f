/** How well one way of a line carries sound and pictures; index 0 is the best. */
export const GRADES = ['excellent', 'good', 'poor'] as const;
export type Grade = (typeof GRADES)[number];

/** What makes a line bad. `picture`: too few or standing pictures; `silent`: nothing comes through at all. */
export const QUALITY_REASONS = [
	'bandwidth',
	'loss',
	'delay',
	'jitter',
	'picture',
	'computer',
	'silent'
] as const;
export type QualityReason = (typeof QUALITY_REASONS)[number];

/** What a page has found out about its own side, and tells the others: they see only one end of each path. */
export interface LineReport {
	/** To everybody. */
	sending: Grade;
	/** From everybody. */
	receiving: Grade;
	/** Between this page and the server. */
	server: Grade;
	/** Of the worst of these; null where none is poor. */
	reason: QualityReason | null;
	/** To whom the picture is not sent because the line is too weak for it: user ids, sorted. */
	pausedFor: string[];
}

/** More people than a room can hold. */
export const PAUSED_FOR_MAX = 16;

export function sameReport(a: LineReport | null, b: LineReport | null): boolean {
	if (a === null || b === null) return a === b;
	return (
		a.sending === b.sending &&
		a.receiving === b.receiving &&
		a.server === b.server &&
		a.reason === b.reason &&
		a.pausedFor.join() === b.pausedFor.join()
	);
}

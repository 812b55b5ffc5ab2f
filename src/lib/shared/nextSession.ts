import { Refusal } from './refusals.ts';

/** When somebody's next session starts (ms since the epoch). What it is and with whom is nobody else's business. */
export interface NextSession {
	userId: string;
	startsAt: number;
}

/** More time would run into the next session of these people: the mentor may say that it is meant so. */
export class OverlapsNext extends Refusal {
	readonly next: NextSession[];
	constructor(next: NextSession[]) {
		super('overlaps-next');
		this.next = next;
	}
}

export function isNextSession(value: unknown): value is NextSession {
	if (typeof value !== 'object' || value === null) return false;
	return (
		'userId' in value &&
		typeof value.userId === 'string' &&
		'startsAt' in value &&
		typeof value.startsAt === 'number'
	);
}

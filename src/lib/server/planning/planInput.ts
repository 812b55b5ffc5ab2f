import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LEARNERS_MAX, LESSON_MINUTES_MAX, planSchema, words } from '../../shared/formSchemas.ts';
import { EMAIL_MAX_CHARACTERS } from '../../shared/limits.ts';
import {
	CANCEL_REASON_MAX_CHARACTERS,
	DESCRIPTION_MAX_CHARACTERS,
	WEEKS_MAX
} from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import { CLIENT_ID } from '../roomLog/roomLogService.ts';

/** An address as it is stored and written to: nothing in it can end a line of a mail's head. */
const email = z
	.string()
	.transform((text) => text.trim().normalize('NFC').toLowerCase())
	.pipe(z.string().max(EMAIL_MAX_CHARACTERS).regex(z.regexes.email));
const learnerEmails = z
	.array(email)
	.min(1)
	.max(LEARNERS_MAX)
	.transform((emails) => [...new Set(emails)]);
/** Far enough from the end of time for a series. */
const startsAt = z.number().int().nonnegative().max(8e15);
/** Fractions are for demonstrations; the form asks for whole minutes. */
const minutes = z.number().positive().max(LESSON_MINUTES_MAX);

const changes = {
	title: planSchema.shape.title,
	description: words(DESCRIPTION_MAX_CHARACTERS, 'too long'),
	priceMinor: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
	learnerEmails
};
const scope = z.enum(['this', 'following']);

export const draftInput = z.object({
	...changes,
	clientId: z.string().regex(CLIENT_ID),
	startsAt,
	minutes,
	weeks: z.number().int().min(1).max(WEEKS_MAX)
});
export const changesInput = z.object({ ...changes, scope });
export const moveInput = z.object({ startsAt, minutes, scope });
export const cancelInput = z.object({
	reason: words(CANCEL_REASON_MAX_CHARACTERS, 'too long'),
	scope
});
export const conflictInput = z.object({
	startsAt,
	minutes,
	weeks: z.number().int().min(1).max(WEEKS_MAX),
	// Asked while somebody still writes: what is no address yet is nobody's.
	learnerEmails: z.array(z.string().trim().toLowerCase()).max(LEARNERS_MAX),
	except: z.object({ roomCode: z.string(), scope }).nullable()
});

/** Refusal `bad-input`; which field it is was said by the form already. */
export function readInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
	const parsed = schema.safeParse(input);
	if (!parsed.success) throw new Refusal('bad-input');
	return parsed.data;
}

/**
 * Ids made of who plans and what their form calls it: a form that is sent again, by whatever path and however late, names
 * the same rows.
 */
export function idFrom(mentorId: string, clientId: string, part: string): string {
	return createHash('sha256')
		.update(JSON.stringify(['plan', mentorId, clientId, part]))
		.digest('base64url')
		.slice(0, 20);
}

import { z } from 'zod';
import { planSchema, words } from './formSchemas.ts';
import {
	CANCEL_REASON_MAX_CHARACTERS,
	DESCRIPTION_MAX_CHARACTERS,
	WEEKS_MAX,
	type SeriesScope
} from './planning.ts';

const description = words(
	DESCRIPTION_MAX_CHARACTERS,
	`A description has at most ${DESCRIPTION_MAX_CHARACTERS} characters.`
);

/** A planned lesson or weekly series as the form sends it. */
export const planFormSchema = planSchema.extend({
	description: description.default(''),
	weeks: z.coerce
		.number('Choose how often.')
		.int('Choose how often.')
		.min(1, 'Choose how often.')
		.max(WEEKS_MAX, `A series has at most ${WEEKS_MAX} sessions.`)
		.default(1),
	/** Made with the form, so that one that is sent again plans nothing new. */
	clientId: z
		.string()
		.max(64)
		.regex(/^[\w-]*$/)
		.default('')
});

/** What can be changed about a planned lesson beside its time. */
export const lessonChangesSchema = planSchema
	.pick({ title: true, learnerEmails: true, price: true })
	.extend({ description });

/** Another time for a planned lesson, on the mentor's wall clock. */
export const rescheduleSchema = planSchema.pick({ date: true, time: true, minutes: true });

export const cancelReasonSchema = words(
	CANCEL_REASON_MAX_CHARACTERS,
	`A reason has at most ${CANCEL_REASON_MAX_CHARACTERS} characters.`
);

/** What a form says about the other lessons of a series; anything unknown means this lesson alone. */
export function readScope(value: unknown): SeriesScope {
	return value === 'following' ? 'following' : 'this';
}

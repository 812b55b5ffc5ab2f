import { z } from 'zod';
import {
	CHAT_MAX_CHARACTERS,
	COMMENT_MAX_CHARACTERS,
	EMAIL_MAX_CHARACTERS,
	NAME_MAX_CHARACTERS,
	NOTE_MAX_CHARACTERS,
	PASSWORD_MAX_CHARACTERS,
	PASSWORD_MIN_CHARACTERS,
	TITLE_MAX_CHARACTERS
} from './limits.ts';
import { ROLES } from './sessionStatus.ts';
import { LANGUAGES } from './language.ts';
import { plainLines, plainName } from './plainText.ts';
import { isTimeZone } from './time.ts';

/** More learners than this cannot be named for one session. */
export const LEARNERS_MAX = 20;
export const LESSON_MINUTES_MIN = 5;
export const LESSON_MINUTES_MAX = 8 * 60;

/** One line with something to be seen in it, as `plainName` makes it. */
export function line(max: number, missing: string, tooLong: string) {
	return z.string().transform(plainName).pipe(z.string().min(1, missing).max(max, tooLong));
}

/** Free text of several lines, as `plainLines` makes it. */
export function words(max: number, tooLong: string) {
	return z.string().transform(plainLines).pipe(z.string().max(max, tooLong));
}

const email = z
	.string()
	.trim()
	.toLowerCase()
	.min(1, 'Enter your e-mail.')
	.max(EMAIL_MAX_CHARACTERS, 'This e-mail is too long.')
	.regex(z.regexes.email, 'This does not look like an e-mail. It needs the form name@example.org.');

export const signInSchema = z.object({
	email,
	// No rule about its form: whatever was accepted once must go on working.
	password: z
		.string()
		.min(1, 'Enter your password.')
		.max(PASSWORD_MAX_CHARACTERS, 'This password is too long.')
});

/** One's own password, asked for again. As in `signInSchema` nothing is said about its form. */
const currentPassword = z
	.string()
	.min(1, 'Enter your password.')
	.max(PASSWORD_MAX_CHARACTERS, 'This password is too long.');

const newPassword = z
	.string()
	.min(PASSWORD_MIN_CHARACTERS, `Choose a password of at least ${PASSWORD_MIN_CHARACTERS} characters.`)
	.max(PASSWORD_MAX_CHARACTERS, `A password has at most ${PASSWORD_MAX_CHARACTERS} characters.`);

const personName = line(
	NAME_MAX_CHARACTERS,
	'Enter your name.',
	`A name has at most ${NAME_MAX_CHARACTERS} characters.`
);

export const signUpSchema = z.object({
	role: z.enum(ROLES, 'Choose whether you want to learn or to teach.'),
	name: personName,
	email,
	password: newPassword,
	/** From the browser; one that this server does not know is taken as UTC rather than refused. */
	timeZone: z.string().transform((zone) => (isTimeZone(zone) ? zone : 'UTC'))
});

export const profileSchema = z.object({
	name: personName,
	timeZone: z.string().refine(isTimeZone, 'Choose a time zone from the list.'),
	/** Empty: what the browser asks for. */
	language: z.enum(['', ...LANGUAGES], 'Choose a language from the list.')
});

export const newAddressSchema = z.object({ email, password: currentPassword });
export const changePasswordSchema = z.object({ current: currentPassword, password: newPassword });
export const newPasswordSchema = z.object({ password: newPassword });
export const forgotSchema = z.object({ email });
/** What deleting an account asks for. */
export const farewellSchema = z.object({ password: currentPassword });

/** A planned lesson as the form sends it; `readLessonPlan` turns it into instants and minor units. */
export const planSchema = z.object({
	title: line(
		TITLE_MAX_CHARACTERS,
		'Give the session a title.',
		`A title has at most ${TITLE_MAX_CHARACTERS} characters.`
	),
	learnerEmails: z
		.array(
			z
				.string()
				.trim()
				.toLowerCase()
				.max(EMAIL_MAX_CHARACTERS, 'This e-mail is too long.')
				.regex(z.regexes.email, 'This does not look like an e-mail.')
		)
		.min(1, 'Name at least one learner.')
		.max(LEARNERS_MAX, `A session has at most ${LEARNERS_MAX} learners.`),
	date: z.string().min(1, 'Choose a date.'),
	time: z.string().min(1, 'Choose a time.'),
	minutes: z.coerce
		.number('Choose a length.')
		.int('Choose a length in whole minutes.')
		.min(LESSON_MINUTES_MIN, `A session lasts at least ${LESSON_MINUTES_MIN} minutes.`)
		.max(LESSON_MINUTES_MAX, `A session lasts at most ${LESSON_MINUTES_MAX / 60} hours.`),
	price: z.string().trim().min(1, 'Enter a price; 0 is allowed.')
});
export type PlanForm = z.output<typeof planSchema>;

export const ratingSchema = z.object({
	rateeId: z.string().min(1).max(64),
	stars: z.number('Choose one to five stars.').int().min(1, 'Choose one to five stars.').max(5),
	comment: words(COMMENT_MAX_CHARACTERS, `A comment has at most ${COMMENT_MAX_CHARACTERS} characters.`),
	/** Null where the question was not answered. The person it is about never sees it. */
	connectionToBlame: z.boolean().nullable().default(null)
});
/** What one person says about another after a session: one to five stars and words, which may be empty. */
export type Rating = z.output<typeof ratingSchema>;

/** What the mentor writes down for the next lesson; may be empty. */
export const noteSchema = words(NOTE_MAX_CHARACTERS, `A note has at most ${NOTE_MAX_CHARACTERS} characters.`);

/** Each person at most once, so that the order in which ratings are saved never matters. */
export const feedbackSchema = z.object({
	ratings: z
		.array(ratingSchema)
		.min(1, 'Choose one to five stars.')
		.max(LEARNERS_MAX + 1)
		.refine((ratings) => new Set(ratings.map((rating) => rating.rateeId)).size === ratings.length, {
			error: 'Everybody is rated once.'
		})
});

/** The text of a chat message. Line breaks stay, blanks around it go. */
export const chatTextSchema = z
	.string()
	.transform(plainLines)
	.pipe(
		z
			.string()
			.min(1, 'Write a message first.')
			.max(CHAT_MAX_CHARACTERS, `A message has at most ${CHAT_MAX_CHARACTERS} characters.`)
	);

/** Splits what was typed or pasted into the learners field: lines, commas, semicolons, blanks; each address once. */
export function splitEmails(text: string): string[] {
	const addresses = text
		.split(/[\s,;]+/)
		.map((address) => address.replace(/^<|>$/g, '').toLowerCase())
		.filter((address) => address !== '');
	return [...new Set(addresses)];
}

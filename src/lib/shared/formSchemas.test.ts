import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import {
	chatTextSchema,
	feedbackSchema,
	noteSchema,
	LEARNERS_MAX,
	planSchema,
	signInSchema,
	signUpSchema,
	splitEmails
} from './formSchemas.ts';
import { CHAT_MAX_CHARACTERS } from './limits.ts';

/** Field path → first sentence. */
function problems(schema: z.ZodType, input: unknown): Record<string, string> {
	const result = schema.safeParse(input);
	const found: Record<string, string> = {};
	for (const issue of result.error?.issues ?? []) found[issue.path.join('.')] ??= issue.message;
	return found;
}

const signUp = {
	role: 'learner',
	name: 'Liam Chen',
	email: 'liam@peerlearn.test',
	password: 'learn-together',
	timeZone: 'Europe/Lisbon'
};
const plan = {
	title: 'Fractions',
	learnerEmails: ['liam@peerlearn.test'],
	date: '2026-07-14',
	time: '15:00',
	minutes: '60',
	price: '45'
};

test('[A1] sign-up tidies name and e-mail and keeps the password as typed', () => {
	expect(
		signUpSchema.parse({
			...signUp,
			name: '  Liam\u202e Chen ',
			email: ' Liam@PeerLearn.test ',
			password: ' a b c d '
		})
	).toEqual({ ...signUp, password: ' a b c d ' });
});

test('[A1] each wrong field of a sign-up is explained by itself', () => {
	expect(
		problems(signUpSchema, { role: 'admin', name: ' ', email: 'liam', password: 'short', timeZone: 'UTC' })
	).toEqual({
		role: 'Choose whether you want to learn or to teach.',
		name: 'Enter your name.',
		email: 'This does not look like an e-mail. It needs the form name@example.org.',
		password: 'Choose a password of at least 8 characters.'
	});
	expect(problems(signUpSchema, { ...signUp, name: 'a'.repeat(81) })).toHaveProperty('name');
});

test('[A1] a time zone that the server does not know becomes UTC', () => {
	expect(signUpSchema.parse({ ...signUp, timeZone: 'Mars/Olympus' }).timeZone).toBe('UTC');
});

test('[A1] signing in needs both fields and judges no password', () => {
	expect(problems(signInSchema, { email: '', password: '' })).toEqual({
		email: 'Enter your e-mail.',
		password: 'Enter your password.'
	});
	expect(problems(signInSchema, { email: 'maya@peerlearn.test', password: 'x' })).toEqual({});
});

test('[A2] a plan needs a title, learners, a time and a length', () => {
	expect(planSchema.parse(plan)).toEqual({ ...plan, minutes: 60 });
	expect(
		problems(planSchema, { title: '', learnerEmails: [], date: '', time: '', minutes: '2', price: '' })
	).toEqual({
		title: 'Give the session a title.',
		learnerEmails: 'Name at least one learner.',
		date: 'Choose a date.',
		time: 'Choose a time.',
		minutes: 'A session lasts at least 5 minutes.',
		price: 'Enter a price; 0 is allowed.'
	});
});

test('[A2] the wrong one among several learners is pointed at', () => {
	expect(problems(planSchema, { ...plan, learnerEmails: ['a@b.test', 'nonsense'] })).toEqual({
		'learnerEmails.1': 'This does not look like an e-mail.'
	});
	const crowd = Array.from({ length: LEARNERS_MAX + 1 }, (_, i) => `learner${i}@b.test`);
	expect(problems(planSchema, { ...plan, learnerEmails: crowd })).toHaveProperty('learnerEmails');
});

test('[A2] pasted lists of addresses are taken apart, each address once', () => {
	expect(splitEmails('a@b.test, C@d.test;\n<e@f.test>  a@b.test')).toEqual([
		'a@b.test',
		'c@d.test',
		'e@f.test'
	]);
	expect(splitEmails('  ,; ')).toEqual([]);
});

test('[A2] taking apart what was taken apart changes nothing', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('a@b.test', 'C@d.test', ' ', ',', ';', '\n')), (pieces) => {
			const once = splitEmails(pieces.join(' '));
			expect(splitEmails(once.join(', '))).toEqual(once);
		})
	);
});

test('[F3] stars are whole, one to five, and each person is rated once', () => {
	const good = { rateeId: 'u1', stars: 5, comment: ' Thank you ' };
	expect(feedbackSchema.parse({ ratings: [good] }).ratings[0]?.comment).toBe('Thank you');
	const odd = feedbackSchema.parse({ ratings: [{ ...good, comment: 'a\0b\ud800c\nd' }] });
	expect(odd.ratings[0]?.comment).toBe('ab\ufffdc\nd');
	expect(noteSchema.safeParse('x'.repeat(4_001)).success).toBe(false);
	for (const stars of [0, 6, 2.5, Number.NaN, '5', null]) {
		expect(feedbackSchema.safeParse({ ratings: [{ ...good, stars }] }).success, String(stars)).toBe(false);
	}
	expect(feedbackSchema.safeParse({ ratings: [good, good] }).success).toBe(false);
	expect(feedbackSchema.safeParse({ ratings: [] }).success).toBe(false);
});

test('[F6] a note of several lines is what was typed, however a form sends its line breaks', () => {
	expect(noteSchema.parse('one\r\ntwo\rthree\n')).toBe('one\ntwo\nthree');
	expect(noteSchema.safeParse('\r\nx'.repeat(2_000)).success).toBe(true);
});

test('[X1] a chat message has one to 2,000 characters and keeps its line breaks', () => {
	expect(chatTextSchema.parse(' one\ntwo ')).toBe('one\ntwo');
	expect(chatTextSchema.safeParse(' \n ').success).toBe(false);
	expect(chatTextSchema.safeParse('a'.repeat(CHAT_MAX_CHARACTERS)).success).toBe(true);
	expect(chatTextSchema.safeParse('a'.repeat(CHAT_MAX_CHARACTERS + 1)).success).toBe(false);
});

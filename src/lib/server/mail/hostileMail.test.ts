import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCalendar, startMailServer, type MailServer } from '../../../../tests/support/mailServer.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { invitation, MAIL_LESSON, openMailRoom, TO_LIAM } from './mailFixture.ts';
import type { MailPost } from './mailPost.ts';
import { plainLine } from './plainLine.ts';
import { renderMail } from './renderMail.ts';
import { createSmtpPost } from './smtpPost.ts';

const HOSTILE = [
	'Fractions\r\nBcc: everybody@x.test\r\n\r\nBuy this',
	'Fractions\u2028Bcc: everybody@x.test\u0085X: y\u0000',
	'"Fractions", <everybody@x.test>; the \\ end, or \'not\'',
	'Fractions \u202Efdp.exe\u2066 and more',
	`F${'\u0301'.repeat(10_000)}ractions`,
	'\ud800 alone',
	'<script>alert(1)</script><img src=x onerror=alert(1)>',
	'END:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO',
	'=?utf-8?B?QmNjOiB4QHgudGVzdA==?=',
	'حساب التفاضل والتكامل',
	'数学の授業 🎓'.repeat(20)
];

let lesson: Lesson;
let server: MailServer;
let post: MailPost;

beforeEach(async () => {
	lesson = await planLesson();
	server = await startMailServer();
	post = createSmtpPost(server.url, 'learn.example.org');
});
afterEach(async () => {
	post.close();
	await server.close();
	await lesson.close();
});

describe('[B4] whatever somebody calls themselves or a lesson', () => {
	test('a mail has one recipient, its own headers, and a calendar with one event', async () => {
		const room = openMailRoom(lesson, post);
		for (const [nth, text] of HOSTILE.entries())
			await room.enqueue(
				invitation({
					uniqueKey: String(nth),
					to: { ...TO_LIAM, name: text },
					lesson: { title: text, description: text, mentor: { name: text, email: 'maya@x.test' } }
				})
			);
		await room.jobs.runDue();
		expect(server.mails).toHaveLength(HOSTILE.length);
		for (const mail of server.mails) {
			expect(mail.to_).toEqual(['liam@x.test']);
			expect(mail.to).toMatchObject({ value: [{ address: 'liam@x.test' }] });
			for (const name of ['bcc', 'x', 'cc']) expect(mail.headers.has(name)).toBe(false);
			expect(mail.subject).toMatch(/^Invitation: /);
			expect(mail.subject).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]|\p{M}{9}/u);
			expect(mail.subject!.length).toBeLessThan(250);
			expect(mail.html).not.toMatch(/<script|<img/i);
			// RFC 5322, 2.1.1.
			for (const line of mail.raw.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);

			const file = mail.attachments.find(({ filename }) => filename === 'invite.ics')!.content.toString();
			// RFC 5545, 3.1.
			for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
			const { events } = readCalendar(file);
			expect(events).toHaveLength(1);
			expect(events[0]?.component.getAllSubcomponents()).toEqual([]);
			expect(events[0]?.attendees).toHaveLength(1);
			expect(events[0]?.uid).toBe('lesson-1@learn.example.org');
		}
		const titles = server.mails.map(({ subject }) => subject);
		expect(titles.some((subject) => subject?.includes('حساب التفاضل والتكامل'))).toBe(true);
	});

	test('what is put on one line is one line, and short', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'binary', maxLength: 300 }),
				fc.integer({ min: 1, max: 120 }),
				(text, max) => {
					const line = plainLine(text, max);
					expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
					expect([...line].length).toBeLessThanOrEqual(max);
					expect(line.isWellFormed()).toBe(true);
				}
			)
		);
	});

	test('its calendar entry says what was typed, to a library that did not write it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (title) => {
				const mail = invitation({ lesson: { title } });
				const { calendar } = renderMail(mail, {
					...{ origin: 'https://learn.example.org', senderAddress: 'no-reply@x.test' },
					...{ zones: ['UTC'], at: 0 }
				});
				const [event] = readCalendar(calendar!).events;
				expect(event?.summary ?? '').toBe(plainLine(title, 120));
			}),
			{ numRuns: 200 }
		);
	});
});

describe('[A3] in the recipient’s language', () => {
	const place = {
		...{ origin: 'https://learn.example.org', senderAddress: 'no-reply@x.test' },
		...{ zones: ['Asia/Riyadh'], at: 0 }
	};

	test('Arabic mails read from right to left, with Arabic dates and words', () => {
		const { subject, html, text } = renderMail(invitation({ to: { ...TO_LIAM, language: 'ar' } }), place);
		expect(subject).toMatch(/^دعوة: /);
		expect(html).toContain('<html lang="ar" dir="rtl">');
		expect(html).toContain('الرد على الدعوة');
		expect(text).toContain('الاثنين');
		expect(text).toContain('https://learn.example.org/invitation/secret-token');
		for (const [index, minutesBefore] of [1_440, 60, 10].entries()) {
			const soon = renderMail(
				{
					...{
						kind: 'lesson-soon',
						uniqueKey: String(index),
						to: { ...TO_LIAM, language: 'ar' },
						dropAt: null
					},
					payload: { lesson: MAIL_LESSON, minutesBefore }
				},
				place
			);
			expect(soon.subject).toMatch(/^يبدأ /);
		}
	});

	test('and English ones from left to right', () => {
		const { html, subject } = renderMail(invitation(), place);
		expect(html).toContain('<html lang="en" dir="ltr">');
		expect(subject).toBe('Invitation: Fractions, 2 Mar 2026, 13:00 (GMT+3)');
	});
});

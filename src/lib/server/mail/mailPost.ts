import type { SendMailOptions } from 'nodemailer';
import { firstEventOf } from '../calendar/lessonCalendar.ts';
import type { Row } from '../db/store.ts';
import { Hopeless } from '../jobs/jobsService.ts';
import type { MailKind } from './mailKinds.ts';
import { isPlainAddress, oneLine, plainLine } from './plainLine.ts';
import type { Sender } from './sender.ts';

/** What carries mails away. */
export interface MailPost {
	/** @throws Hopeless when this mail will never be taken; any other Error when it should be tried again */
	send(message: SendMailOptions): Promise<void>;
	/** Nothing more is sent; what is on its way has two seconds to get there, then it counts as not sent. */
	close(): void;
}

/** Kinds whose text holds a link that lets in whoever has it. */
const WITH_SECRETS: readonly MailKind[] = [
	'verify-address',
	'change-address',
	'reset-password',
	'invitation'
];

/** Beside secrets: the last that is heard of a lesson may be of somebody who deleted their account. */
export function isEmptiedOnceSent(kind: MailKind): boolean {
	return WITH_SECRETS.includes(kind) || kind === 'lesson-cancelled';
}

/** @throws Hopeless for an address that is none, and as `MailPost.send` */
export async function sendMail(post: MailPost, mail: Row<'mails'>, from: Sender): Promise<void> {
	if (!isPlainAddress(mail.toAddress)) throw new Hopeless('The recipient’s address is not one');
	await post.send(messageOf(mail, from));
}

/** A row as a message: text, HTML and calendar as alternatives, and the calendar once more as a file. */
export function messageOf(mail: Row<'mails'>, from: Sender): SendMailOptions {
	const { messageId, toAddress, toName, subject, text, html, calendar, calendarMethod, createdAt } = mail;
	return {
		messageId,
		date: createdAt,
		from: { name: from.name, address: from.address },
		to: { name: plainLine(toName ?? '', 80), address: toAddress },
		// Exactly one recipient, whatever the header says.
		envelope: { from: from.address, to: [toAddress] },
		subject: oneLine(subject, 200),
		text,
		html,
		// RFC 3834: nobody's absence note answers a machine.
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
		...(calendar === null || calendarMethod === null
			? {}
			: {
					// Gmail and Outlook read the alternative, Apple Mail and others the file.
					alternatives: [
						{
							contentType: `text/calendar; charset=utf-8; method=${calendarMethod}`,
							content: Buffer.from(firstEventOf(calendar)),
							encoding: 'base64'
						}
					],
					attachments: [
						{
							filename: 'invite.ics',
							contentType: `text/calendar; charset=utf-8; method=${calendarMethod}`,
							content: Buffer.from(calendar),
							contentDisposition: 'attachment'
						}
					]
				}),
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

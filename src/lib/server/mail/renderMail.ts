import { lessonMessage, type CalendarLesson } from '../calendar/lessonCalendar.ts';
import type { Language } from '../../shared/language.ts';
import type { Row } from '../db/store.ts';
import { asHtml, asText } from './mailLayout.ts';
import type { MailKind, MailLesson, NewMail } from './mailKinds.ts';
import * as english from './mailWords.ts';
// The build puts the Arabic words in (scripts/words); without a build it is English too.
import * as arabic from './mailWords.ts?language=ar';
import { oneLine, plainLine, plainLines } from './plainLine.ts';

/** As RFC 5322, 2.1.1 asks for lines of at most 998: subjects stay far below. */
const SUBJECT_MAX = 200;
const TITLE_MAX = 120;
const NAME_MAX = 80;
const TEXT_MAX = 4_000;

/** What a mail consists of. */
export type RenderedMail = Pick<Row<'mails'>, 'subject' | 'text' | 'html' | 'calendar' | 'calendarMethod'>;

/** What a mail is made with, beside what it is about. */
export interface MailPlace {
	/** Without a slash at the end. */
	origin: string;
	/** The address mails come from. */
	senderAddress: string;
	/** IANA names: the recipient's, or the mentor's and UTC. */
	zones: string[];
	/** Ms since the epoch. */
	at: number;
}

const WORDS: Record<Language, Pick<typeof english, 'mailWords' | 'FRAME_WORDS'>> = {
	en: english,
	ar: arabic
};

const METHODS: Partial<Record<MailKind, 'REQUEST' | 'CANCEL'>> = {
	invitation: 'REQUEST',
	'lesson-moved': 'REQUEST',
	'lesson-changed': 'REQUEST',
	'lesson-booked': 'REQUEST',
	'lesson-cancelled': 'CANCEL',
	'invitation-withdrawn': 'CANCEL'
};

/** Puts a mail into words, as text and as HTML, with its calendar entry. */
export function renderMail(given: NewMail, place: MailPlace): RenderedMail {
	const mail = calmed(given);
	const { origin, zones } = place;
	const starts = othersOf(mail).map(({ startsAt }) => startsAt);
	const { mailWords, FRAME_WORDS } = WORDS[mail.to.language ?? 'en'];
	const content = mailWords(mail, { origin, zones, starts });
	const calendarMethod = METHODS[mail.kind] ?? null;
	return {
		subject: oneLine(content.subject, SUBJECT_MAX),
		text: asText(content, FRAME_WORDS, origin),
		html: asHtml(content, FRAME_WORDS, origin),
		calendar:
			calendarMethod && 'lesson' in mail.payload
				? calendarOf(mail, mail.payload.lesson, calendarMethod, place)
				: null,
		calendarMethod
	};
}

/** Later lessons of the series that it is about as well. */
function othersOf({ payload }: NewMail): readonly MailLesson[] {
	return 'others' in payload ? (payload.others ?? []) : [];
}

function calendarOf(
	mail: NewMail,
	lesson: MailLesson,
	method: 'REQUEST' | 'CANCEL',
	{ origin, senderAddress, at }: MailPlace
): string {
	const { to } = mail;
	const entry: CalendarLesson = { ...lesson, at, cancelled: method === 'CANCEL' };
	const others = othersOf(mail).map((other) => ({ ...entry, ...other, mentor: lesson.mentor }));
	const person = { name: to.name, email: to.address, isMentor: to.address === lesson.mentor.email };
	return lessonMessage([entry, ...others], person, method, { origin, senderAddress });
}

/** The same mail with everything that people typed made harmless for one line, or for several where they may be. */
function calmed(mail: NewMail): NewMail {
	const payload: Record<string, unknown> = { ...mail.payload };
	if (typeof payload.name === 'string') payload.name = plainLine(payload.name, NAME_MAX);
	if (typeof payload.reason === 'string') payload.reason = plainLines(payload.reason, TEXT_MAX);
	if (typeof payload.newAddress === 'string') payload.newAddress = plainLine(payload.newAddress, 254);
	if ('lesson' in mail.payload) {
		const { lesson } = mail.payload;
		payload.lesson = calmedLesson(lesson);
	}
	if ('others' in mail.payload) payload.others = mail.payload.others?.map(calmedLesson);
	// Each kind keeps the payload it had.
	return { ...mail, payload } as NewMail;
}

function calmedLesson(lesson: MailLesson): MailLesson {
	return {
		...lesson,
		title: plainLine(lesson.title, TITLE_MAX),
		description: plainLines(lesson.description, TEXT_MAX),
		mentor: { ...lesson.mentor, name: plainLine(lesson.mentor.name, NAME_MAX) }
	};
}

import { formatMoney } from '../../shared/money.ts';
import { counted, quoted, word } from '../../shared/counted.ts';
import { DIRECTION, LANGUAGE } from '../../shared/language.ts';
import { formatLongDate, formatShortDate, formatTime, formatTimeRange, zoneName } from '../../shared/time.ts';
import type { MailLesson, MailPayloads, NewMail } from './mailKinds.ts';

/** What a mail says, before it is text or HTML. Everything that people typed is in it as they typed it, on one line each. */
export interface MailContent {
	subject: string;
	heading: string;
	paragraphs: string[];
	facts: { name: string; value: string }[];
	/** In the words of whoever planned the lesson; may have several lines. */
	quote: string | null;
	action: { name: string; href: string } | null;
	note: string;
}

/** What a mail is written with. */
export interface MailScene {
	/** Without a slash at the end. */
	origin: string;
	/** IANA names: the recipient's, or two where it is not known (the mentor's and UTC). */
	zones: string[];
	/** Starts of the later lessons of a series that it is about as well, ms since the epoch; empty for a single one. */
	starts: number[];
}

type Words = Omit<MailContent, 'facts' | 'quote' | 'action'> &
	Partial<Pick<MailContent, 'facts' | 'quote' | 'action'>>;
type WordsOf = {
	[K in keyof MailPayloads]: (payload: MailPayloads[K], scene: MailScene, to: NewMail['to']) => Words;
};

const WORDS: WordsOf = {
	'verify-address': ({ token }, { origin }) => ({
		subject: 'Confirm your e-mail address',
		heading: 'Confirm your e-mail address',
		paragraphs: ['Please confirm that this address is yours. Then you can invite people and book lessons.'],
		action: { name: 'Confirm this address', href: `${origin}/verify/${token}` },
		note: 'You did not sign up at PeerLearn? Then ignore this mail.'
	}),
	'change-address': ({ token }, { origin }) => ({
		subject: 'Confirm your new e-mail address',
		heading: 'Confirm your new e-mail address',
		paragraphs: ['Once you have confirmed it, you sign in at PeerLearn with this address.'],
		action: { name: 'Use this address', href: `${origin}/verify/${token}` },
		note: 'You did not ask for this? Then ignore this mail: nothing changes.'
	}),
	'address-changed': ({ newAddress }) => ({
		subject: 'Your e-mail address was changed',
		heading: 'Your e-mail address was changed',
		paragraphs: [`From now on you sign in at PeerLearn with ${newAddress}.`],
		note: 'This was not you? Then tell the people who run this site at once: they can give you back your account.'
	}),
	'reset-password': ({ token }, { origin }) => ({
		subject: 'Choose a new password',
		heading: 'Choose a new password',
		paragraphs: [
			'Somebody, probably you, asked for a new password for your account. The link works once, for 30 minutes.'
		],
		action: { name: 'Choose a new password', href: `${origin}/reset/${token}` },
		note: 'You did not ask for this? Then ignore this mail: your password stays as it is.'
	}),
	'password-changed': (_payload, { origin }) => ({
		subject: 'Your password was changed',
		heading: 'Your password was changed',
		paragraphs: ['The password of your PeerLearn account was changed just now.'],
		action: { name: 'This was not me', href: `${origin}/forgot` },
		note: 'Was it you? Then there is nothing to do.'
	}),
	'signed-up-again': (_payload, { origin }) => ({
		subject: 'You have an account already',
		heading: 'You have an account already',
		paragraphs: [
			'Somebody, probably you, wanted to sign up at PeerLearn with this address. There is an account with it: you can simply sign in.',
			'You do not know its password any more, or never confirmed the address? Choose a new password by mail, that does both.'
		],
		action: { name: 'Sign in', href: `${origin}/login` },
		note: 'This was not you? Then ignore this mail: nothing was changed.'
	}),
	invitation: ({ lesson, token, others = [] }, scene) => ({
		subject: `Invitation: ${lesson.title}, ${shortly(lesson, scene)}`,
		heading: lesson.title,
		paragraphs: [
			others.length > 0
				? counted(others.length + 1, {
						one: `${lesson.mentor.name} invites you to 1 lesson.`,
						other: `${lesson.mentor.name} invites you to # lessons, one each week.`
					})
				: `${lesson.mentor.name} invites you to a lesson.`
		],
		facts: lessonFacts(lesson, scene),
		quote: lesson.description || null,
		action: { name: 'Answer the invitation', href: `${scene.origin}/invitation/${token}` },
		note: 'The lesson takes place in your browser: nothing has to be installed. This link is meant for you alone.'
	}),
	'lesson-moved': ({ lesson, previousStart }, scene) => ({
		subject: `New time: ${lesson.title}, ${shortly(lesson, scene)}`,
		heading: `${quoted(lesson.title)} has a new time`,
		paragraphs: [],
		facts: [
			...lessonFacts(lesson, scene),
			{ name: 'Before', value: startIn(previousStart, scene.zones[0] ?? 'UTC') }
		],
		action: openLesson(lesson, scene),
		note: 'The attached calendar entry moves the one you have.'
	}),
	'lesson-changed': ({ lesson, others = [] }, scene) => ({
		subject: `Changed: ${lesson.title}, ${shortly(lesson, scene)}`,
		heading: `${quoted(lesson.title)} was changed`,
		paragraphs: [
			others.length > 0
				? counted(others.length, {
						one: `${lesson.mentor.name} changed this lesson and the next one. This is how it is planned now.`,
						other: `${lesson.mentor.name} changed this lesson and # later ones. This is how it is planned now.`
					})
				: `${lesson.mentor.name} changed this lesson. This is how it is planned now.`
		],
		facts: lessonFacts(lesson, scene),
		quote: lesson.description || null,
		action: openLesson(lesson, scene),
		note: 'The attached calendar entry changes the one you have.'
	}),
	'lesson-cancelled': ({ lesson, reason }, scene) => ({
		subject: `Cancelled: ${lesson.title}, ${shortly(lesson, scene)}`,
		heading: `${quoted(lesson.title)} is cancelled`,
		paragraphs: ['This lesson does not take place.'],
		facts: lessonFacts({ ...lesson, priceMinor: 0 }, scene),
		quote: reason || null,
		note: 'The attached calendar entry removes the one you have.'
	}),
	'invitation-withdrawn': ({ lesson, others = [] }, scene) => ({
		subject: `No longer needed: ${lesson.title}, ${shortly(lesson, scene)}`,
		heading: `You need not come to ${quoted(lesson.title)}`,
		paragraphs: [
			others.length > 0
				? counted(others.length, {
						one: `${lesson.mentor.name} took you off the list of this lesson and the next one. There is nothing to do for you.`,
						other: `${lesson.mentor.name} took you off the list of this lesson and # later ones. There is nothing to do for you.`
					})
				: `${lesson.mentor.name} took you off the list of this lesson. There is nothing to do for you.`
		],
		facts: lessonFacts({ ...lesson, priceMinor: 0 }, scene),
		note: 'The attached calendar entry removes the one you have.'
	}),
	'lesson-answered': ({ lesson, name, answer }, scene) => ({
		subject:
			answer === 'accepted' ? `${name} comes to ${lesson.title}` : `${name} does not come to ${lesson.title}`,
		heading: answer === 'accepted' ? `${name} accepted your invitation` : `${name} declined your invitation`,
		paragraphs: [],
		facts: lessonFacts(lesson, scene),
		action: openLesson(lesson, scene),
		note: 'All answers stand beside the lesson.'
	}),
	'lesson-booked': ({ lesson, name }, scene, to) => ({
		subject: `Booked: ${lesson.title}, ${shortly(lesson, scene)}`,
		heading: isMentor(to, lesson) ? `${name} booked a lesson` : 'Your lesson is booked',
		paragraphs: [
			isMentor(to, lesson)
				? `${name} picked this time on your booking page.`
				: `${lesson.mentor.name} looks forward to your lesson.`
		],
		facts: [
			...lessonFacts(lesson, scene),
			...(isMentor(to, lesson) ? [{ name: 'Learner', value: name }] : [])
		],
		action: openLesson(lesson, scene),
		note: 'The lesson takes place in your browser: nothing has to be installed.'
	}),
	'lesson-soon': ({ lesson, minutesBefore }, scene) => ({
		subject: soon(lesson.title, minutesBefore),
		heading: soon(lesson.title, minutesBefore),
		paragraphs: [],
		facts: lessonFacts(lesson, scene),
		action: openLesson(lesson, scene),
		note: 'Camera and microphone can be tried in the room before the lesson begins.'
	})
};

export function mailWords(mail: NewMail, scene: MailScene): MailContent {
	// Kind and payload belong together (`NewMail`), which the index does not tell the compiler.
	const words = WORDS[mail.kind] as (payload: unknown, scene: MailScene, to: NewMail['to']) => Words;
	return { facts: [], quote: null, action: null, ...words(mail.payload, scene, mail.to) };
}

/** What stands around every mail. */
export const FRAME_WORDS = {
	language: LANGUAGE,
	direction: DIRECTION,
	address: 'If the button does not work, open this address:',
	sender: 'PeerLearn sends this mail by itself.'
};

function lessonFacts(lesson: MailLesson, scene: MailScene): MailContent['facts'] {
	const { startsAt, endsAt, priceMinor, currency, mentor } = lesson;
	const [first = 'UTC'] = scene.zones;
	const length = endsAt - startsAt;
	const times = scene.zones.map((zone) => rangeIn(startsAt, endsAt, zone));
	const others = scene.starts.map(
		(start) => `${formatShortDate(start, first)}, ${formatTimeRange(start, start + length, first)}`
	);
	return [
		{ name: 'When', value: times.join('\n') },
		...(others.length > 0 ? [{ name: 'And then', value: others.join('\n') }] : []),
		{ name: 'Mentor', value: mentor.name },
		...(priceMinor > 0 ? [{ name: 'Price', value: formatMoney(priceMinor, currency) }] : [])
	];
}

function openLesson({ roomCode }: MailLesson, { origin }: MailScene): MailContent['action'] {
	return { name: 'Open the lesson', href: `${origin}/session/${encodeURIComponent(roomCode)}` };
}

function isMentor(to: NewMail['to'], lesson: MailLesson): boolean {
	return to.address === lesson.mentor.email;
}

function soon(title: string, minutesBefore: number): string {
	if (minutesBefore >= 60)
		return counted(Math.round(minutesBefore / 60), {
			one: `${title} starts in 1 hour`,
			other: `${title} starts in # hours`
		});
	return counted(minutesBefore, {
		one: `${title} starts in 1 minute`,
		other: `${title} starts in # minutes`
	});
}

/** `14 Jul 2026, 15:00 (CEST)`: for subjects. */
function shortly({ startsAt }: MailLesson, { zones: [zone = 'UTC'] }: MailScene): string {
	return word(
		`${formatShortDate(startsAt, zone)}, ${formatTime(startsAt, zone)} (${zoneName(startsAt, zone)})`
	);
}

/** `Tuesday, 14 July 2026, 15:00 – 16:00 (CEST, Europe/Berlin)`. */
function rangeIn(from: number, to: number, zone: string): string {
	return word(`${formatLongDate(from, zone)}, ${formatTimeRange(from, to, zone)} (${zoneWords(from, zone)})`);
}

function startIn(at: number, zone: string): string {
	return word(`${formatLongDate(at, zone)}, ${formatTime(at, zone)} (${zoneWords(at, zone)})`);
}

function zoneWords(at: number, zone: string): string {
	const short = zoneName(at, zone);
	return short === zone ? zone : word(`${short}, ${zone}`);
}

import {
	ICalAttendeeRole,
	ICalAttendeeStatus,
	ICalAttendeeType,
	ICalCalendar,
	ICalCalendarMethod,
	ICalEventBusyStatus,
	ICalEventClass,
	ICalEventStatus,
	type ICalEventData
} from 'ical-generator';
import { plainLine, plainLines } from '../mail/plainLine.ts';

/** A lesson as a calendar shows it. Instants are ms since the epoch. */
export interface CalendarLesson {
	sessionId: string;
	roomCode: string;
	title: string;
	description: string;
	startsAt: number;
	endsAt: number;
	/** SEQUENCE (RFC 5545, 3.8.7.4). */
	sequence: number;
	/** When this state of it was written down: DTSTAMP. */
	at: number;
	cancelled: boolean;
	mentor: { name: string; email: string };
}

/** Whose calendar it is for. */
export interface CalendarPerson {
	name: string | null;
	email: string;
	isMentor: boolean;
}

/** Where the lessons take place, and who writes for their mentors. */
export interface CalendarPlace {
	/** Without a slash at the end. */
	origin: string;
	/** The address mails come from. */
	senderAddress: string;
}

const PRODUCT = { company: 'PeerLearn', product: 'PeerLearn', language: 'EN' };
const NAME_MAX = 120;

/** An invitation, a change of it, or a cancellation (iTIP, RFC 5546) for one person. Times are UTC; it never rings. */
export function lessonMessage(
	lessons: readonly CalendarLesson[],
	person: CalendarPerson,
	method: 'REQUEST' | 'CANCEL',
	place: CalendarPlace
): string {
	const calendar = new ICalCalendar({ prodId: PRODUCT, method: ICalCalendarMethod[method] });
	for (const lesson of lessons) {
		calendar.createEvent({
			...eventOf(lesson, place),
			organizer: {
				name: calendarName(lesson.mentor.name),
				email: lesson.mentor.email,
				sentBy: place.senderAddress
			},
			attendees: [
				{
					name: calendarName(person.name ?? person.email),
					email: person.email,
					type: ICalAttendeeType.INDIVIDUAL,
					role: ICalAttendeeRole.REQ,
					// A mentor has nobody to answer.
					rsvp: method === 'REQUEST' && !person.isMentor,
					status: person.isMentor ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.NEEDSACTION
				}
			],
			status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED
		});
	}
	return calendar.toString();
}

/** All lessons of a person as a calendar to subscribe to. */
export function lessonFeed(lessons: readonly CalendarLesson[], name: string, place: CalendarPlace): string {
	const calendar = new ICalCalendar({
		prodId: PRODUCT,
		name,
		method: ICalCalendarMethod.PUBLISH,
		ttl: 3_600
	});
	for (const lesson of lessons) calendar.createEvent(eventOf(lesson, place));
	return calendar.toString();
}

/** Of several events the first one alone: mail programs show one as an invitation (RFC 5546, 3.2.2). */
export function firstEventOf(calendar: string): string {
	const end = 'END:VEVENT\r\n';
	const first = calendar.indexOf(end);
	const last = calendar.lastIndexOf(end);
	return first === last ? calendar : calendar.slice(0, first) + calendar.slice(last);
}

function eventOf(lesson: CalendarLesson, { origin }: CalendarPlace): ICalEventData {
	const url = `${origin}/session/${encodeURIComponent(lesson.roomCode)}`;
	const description = plainLines(lesson.description, 4_000);
	return {
		id: `${lesson.sessionId}@${new URL(origin).hostname}`,
		sequence: lesson.sequence,
		stamp: new Date(lesson.at),
		start: new Date(lesson.startsAt),
		end: new Date(lesson.endsAt),
		summary: plainLine(lesson.title, 200),
		description: description === '' ? url : `${description}\n\n${url}`,
		location: url,
		url,
		status: lesson.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
		busystatus: lesson.cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
		class: ICalEventClass.PRIVATE
	};
}

/** Quotation marks in a parameter are written in a way (RFC 6868) that few calendars read. */
function calendarName(name: string): string {
	return plainLine(name, NAME_MAX).replaceAll('"', '”').replaceAll('^', ' ');
}

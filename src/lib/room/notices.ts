import { isolated } from '../shared/isolated.ts';
import { WARNING_MINUTES } from '../shared/limits.ts';
import type { RoomEvent } from '../shared/roomEvents.ts';
import type { Member } from '../shared/roomState.ts';
import type { Phase, RoomNotice } from './roomView.ts';
import { counted } from '../shared/counted.ts';

export interface Notices {
	nextId: number;
	shown: readonly RoomNotice[];
	/** People who left a moment ago. A reload is a leave and a join: nobody is told when both come together. */
	leaving: readonly { userId: string; text: string | null; dueAt: number }[];
	/** Time left at the last tick, ms; null before the first. */
	timeLeft: number | null;
}

export const NO_NOTICES: Notices = { nextId: 1, shown: [], leaving: [], timeLeft: null };

/** Only the newest are kept; the page shows each once, by id. */
const KEPT = 50;
/** A person who is back within this time was not gone, ms. */
const LEAVE_PATIENCE = 3_000;
/** Older entries come from a gap that was just closed and are no news any more, ms. */
const FRESH = 15_000;

/** What is needed to judge a log entry. Instants are server times in ms. */
export interface NoticeScene {
	phase: Phase;
	myUserId: string;
	members: readonly Member[];
	/** When the page's first state was made: what is older was there before. */
	loadedAt: number;
	now: number;
}

export function addNotice(notices: Notices, kind: RoomNotice['kind'], text: string): Notices {
	const notice: RoomNotice = { id: notices.nextId, kind, text };
	return { ...notices, nextId: notices.nextId + 1, shown: [...notices.shown, notice].slice(-KEPT) };
}

/** Arrivals, departures and extensions of the others. */
export function noticeEvent(notices: Notices, event: RoomEvent, scene: NoticeScene): Notices {
	if (event.type === 'session.end') return { ...notices, leaving: [] };
	if (event.at <= scene.loadedAt || scene.now - event.at > FRESH) return notices;
	switch (event.type) {
		case 'mentor.join':
		case 'learner.join':
			return arrived(notices, event.actorId, scene);
		case 'mentor.leave':
		case 'learner.leave':
			// The removal has its own words.
			return event.payload.reason === 'session-end' || event.payload.reason === 'removed'
				? notices
				: departed(notices, event.actorId, scene);
		case 'learner.removed':
			return told(
				notices,
				`${nameOf(event.payload.userId, scene)} was removed from the session`,
				event,
				scene
			);
		case 'learner.readmitted':
			return told(notices, `${nameOf(event.payload.userId, scene)} may come in again`, event, scene);
		case 'session.moved':
			return addNotice(notices, 'info', 'This session has a new time');
		case 'session.extend':
			return isPresent(scene.phase)
				? addNotice(
						notices,
						'extended',
						counted(event.payload.minutes, {
							one: 'The session was extended by 1 minute',
							other: 'The session was extended by # minutes'
						})
					)
				: notices;
		default:
			return notices;
	}
}

/** Called about once a second: departures that stay, and the time left. */
export function noticeTime(notices: Notices, now: number, endsAt: number, phase: Phase): Notices {
	let next = notices;
	if (next.leaving.some((person) => person.dueAt <= now)) {
		const due = next.leaving.filter((person) => person.dueAt <= now);
		next = { ...next, leaving: next.leaving.filter((person) => person.dueAt > now) };
		for (const person of due) {
			if (person.text !== null && phase.name === 'inRoom') next = addNotice(next, 'left', person.text);
		}
	}
	if (phase.name !== 'inRoom') return next.timeLeft === null ? next : { ...next, timeLeft: null };
	const timeLeft = endsAt - now;
	const minutes = warningBetween(next.timeLeft, timeLeft);
	next = { ...next, timeLeft };
	if (minutes === null) return next;
	return addNotice(next, 'warning', counted(minutes, { one: '1 minute left', other: '# minutes left' }));
}

/** Which warning falls between two looks at the clock; after a long sleep only the most urgent one. */
export function warningBetween(before: number | null, after: number): number | null {
	if (before === null || after <= 0) return null;
	const passed = WARNING_MINUTES.filter((minutes) => before > minutes * 60_000 && after <= minutes * 60_000);
	return passed.length > 0 ? Math.min(...passed) : null;
}

function arrived(notices: Notices, userId: string | null, scene: NoticeScene): Notices {
	if (userId === null || userId === scene.myUserId) return notices;
	if (notices.leaving.some((person) => person.userId === userId)) {
		return { ...notices, leaving: notices.leaving.filter((person) => person.userId !== userId) };
	}
	if (scene.phase.name === 'lobby') {
		return addNotice(notices, 'waiting', `${nameOf(userId, scene)} is waiting in the room`);
	}
	return scene.phase.name === 'inRoom'
		? addNotice(notices, 'joined', `${nameOf(userId, scene)} joined`)
		: notices;
}

function departed(notices: Notices, userId: string | null, scene: NoticeScene): Notices {
	if (userId === null || userId === scene.myUserId || !isPresent(scene.phase)) return notices;
	// Leaving the lobby is no news, but a reload there must not announce the person a second time.
	const text = scene.phase.name === 'inRoom' ? `${nameOf(userId, scene)} left` : null;
	const leaving = notices.leaving.filter((person) => person.userId !== userId);
	return { ...notices, leaving: [...leaving, { userId, text, dueAt: scene.now + LEAVE_PATIENCE }] };
}

function told(
	notices: Notices,
	text: string,
	event: RoomEvent & { type: 'learner.removed' | 'learner.readmitted' },
	scene: NoticeScene
): Notices {
	const isAboutMe = event.payload.userId === scene.myUserId;
	return isAboutMe || scene.phase.name !== 'inRoom' ? notices : addNotice(notices, 'info', text);
}

function nameOf(userId: string, scene: NoticeScene): string {
	return isolated(scene.members.find((member) => member.userId === userId)?.name ?? 'Someone');
}

function isPresent(phase: Phase): boolean {
	return phase.name === 'lobby' || phase.name === 'inRoom';
}

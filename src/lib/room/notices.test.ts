import { expect, test } from 'vitest';
import type { RoomEvent } from '../shared/roomEvents.ts';
import { LIAM, MAYA } from './fakes/fakeLesson.ts';
import {
	NO_NOTICES,
	noticeEvent,
	noticeTime,
	warningBetween,
	type Notices,
	type NoticeScene
} from './notices.ts';
import type { Phase } from './roomView.ts';

const LOADED = 100_000;
const END = 10_000_000;

function scene(now: number, phase: Phase['name'] = 'inRoom'): NoticeScene {
	return {
		phase: { name: phase } as Phase,
		myUserId: MAYA.userId,
		members: [MAYA, LIAM],
		loadedAt: LOADED,
		now
	};
}

function coming(at: number, actorId: string | null = LIAM.userId): RoomEvent {
	return { seq: at, clientId: `c${at}`, at, actorId, type: 'learner.join', payload: {} };
}

function going(at: number, reason: 'goodbye' | 'lost' | 'session-end' = 'goodbye'): RoomEvent {
	return {
		seq: at,
		clientId: `c${at}`,
		at,
		actorId: LIAM.userId,
		type: 'learner.leave',
		payload: { reason }
	};
}

const texts = (notices: Notices) => notices.shown.map(({ text }) => text);
const inRoom: Phase = { name: 'inRoom' };

test('[L2] in the lobby an arrival is announced, in the room it joined', () => {
	const lobby = noticeEvent(NO_NOTICES, coming(LOADED + 1), scene(LOADED + 2, 'lobby'));
	expect(texts(lobby)).toEqual(['Liam Chen is waiting in the room']);
	const room = noticeEvent(NO_NOTICES, coming(LOADED + 1), scene(LOADED + 2));
	expect(texts(room)).toEqual(['Liam Chen joined']);
});

test('[M4] nothing is said of what was there before, of long ago, and of oneself', () => {
	for (const [event, now] of [
		[coming(LOADED), LOADED + 1],
		[coming(LOADED + 1), LOADED + 60_000],
		[coming(LOADED + 1, MAYA.userId), LOADED + 2],
		[coming(LOADED + 1, null), LOADED + 2]
	] as const) {
		expect(texts(noticeEvent(NO_NOTICES, event, scene(now)))).toEqual([]);
	}
});

test('[M4] a reload is silent, a departure is told after a moment', () => {
	const t = LOADED + 1_000;
	const left = noticeEvent(NO_NOTICES, going(t), scene(t));
	expect(texts(left)).toEqual([]);
	const back = noticeEvent(left, coming(t + 2_000), scene(t + 2_000));
	expect(texts(noticeTime(back, t + 9_000, END, inRoom))).toEqual([]);
	const gone = noticeTime(left, t + 3_000, END, inRoom);
	expect(texts(gone)).toEqual(['Liam Chen left']);
	expect(texts(noticeTime(gone, t + 4_000, END, inRoom))).toEqual(['Liam Chen left']);
});

test('[M4] a storm of reloads gives no toast', () => {
	let notices = NO_NOTICES;
	for (let t = LOADED + 1; t < LOADED + 60_000; t += 1_000) {
		notices = noticeEvent(notices, going(t), scene(t));
		notices = noticeEvent(notices, coming(t + 500), scene(t + 500));
		notices = noticeTime(notices, t + 900, END, inRoom);
	}
	expect(texts(notices)).toEqual([]);
});

test('[L2] a reload in the lobby does not announce the person again', () => {
	const t = LOADED + 1_000;
	const left = noticeEvent(NO_NOTICES, going(t), scene(t, 'lobby'));
	const back = noticeEvent(left, coming(t + 1_000), scene(t + 1_000, 'lobby'));
	expect(texts(noticeTime(back, t + 9_000, END, { name: 'lobby' }))).toEqual([]);
});

test('[F1] the end of the session is no departure', () => {
	const t = LOADED + 1_000;
	expect(noticeEvent(NO_NOTICES, going(t, 'session-end'), scene(t)).leaving).toEqual([]);
});

test('[M2] each warning falls once, and only the most urgent after a sleep', () => {
	const minute = 60_000;
	expect(warningBetween(null, 3 * minute)).toBeNull();
	expect(warningBetween(10 * minute + 1, 10 * minute)).toBe(10);
	expect(warningBetween(10 * minute, 10 * minute - 1)).toBeNull();
	expect(warningBetween(11 * minute, 30_000)).toBe(1);
	expect(warningBetween(11 * minute, -1)).toBeNull();
});

test('only the newest fifty are kept, and ids grow', () => {
	let notices = NO_NOTICES;
	for (let i = 1; i <= 60; i += 1) notices = noticeEvent(notices, coming(LOADED + i), scene(LOADED + i));
	expect(notices.shown).toHaveLength(50);
	expect(notices.shown.at(-1)?.id).toBe(60);
});

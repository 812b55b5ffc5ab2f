import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatTime } from '../../shared/time.ts';
import { listenToRoom } from '../roomLog/roomMessages.ts';
import { DAY, MINUTE, NOW, openPlanning, type Planners } from './planningFixture.ts';

let people: Planners;
const LATER = { startsAt: NOW + 2 * DAY, minutes: 45 };

beforeEach(async () => {
	people = await openPlanning();
});
afterEach(() => people.close());

async function logged(roomCode: string): Promise<string[]> {
	const { id } = await people.session(roomCode);
	return (await people.roomLog.readAll(id)).map(({ type }) => type);
}

/** The starts that reminders are queued for. */
async function remindedOf(roomCode: string): Promise<number[]> {
	const { id } = await people.session(roomCode);
	const rows = await people.store.db.select().from(people.store.tables.jobs);
	const own = rows.filter(({ kind, payload }) => kind === 'session-soon' && payload.sessionId === id);
	return [...new Set(own.map(({ payload }) => Number(payload.startsAt)))];
}

describe('[A2] rescheduling', () => {
	test('moves the lesson with its reminders, in everybody’s list and calendar, and tells all', async () => {
		const { roomCode } = await people.planned({ learnerEmails: ['liam@x.test', 'new@x.test'] });
		people.newMails();
		await people.planning.reschedule(people.maya, roomCode, LATER, 'this');
		expect(await people.session(roomCode)).toMatchObject({
			...{ startsAt: new Date(NOW + 2 * DAY), endsAt: new Date(NOW + 2 * DAY + 45 * MINUTE) },
			calendarSequence: 1
		});
		expect(people.newMails()).toEqual(['lesson-moved liam@x.test', 'lesson-moved new@x.test']);
		expect(people.mails.at(-1)).toMatchObject({
			payload: { previousStart: NOW + DAY, lesson: { sequence: 1, startsAt: NOW + 2 * DAY } }
		});
		expect(await people.told()).toEqual(['liam session-planned', 'liam session-moved']);
		expect(await remindedOf(roomCode)).toEqual([NOW + DAY, NOW + 2 * DAY]);
		const places = await people.store.db.select().from(people.store.tables.sessionMembers);
		expect(places.every(({ startsAt }) => startsAt.getTime() === NOW + 2 * DAY)).toBe(true);
		expect(await logged(roomCode)).toEqual(['session.moved']);
	});

	test('said again it is done once', async () => {
		const { roomCode } = await people.planned();
		for (let nth = 0; nth < 3; nth++) await people.planning.reschedule(people.maya, roomCode, LATER, 'this');
		expect((await people.session(roomCode)).calendarSequence).toBe(1);
		expect(people.newMails()).toEqual(['invitation liam@x.test', 'lesson-moved liam@x.test']);
	});

	test('[A4] a series moves from one lesson on, each at the new time on the mentor’s clock, in one mail', async () => {
		const { roomCode } = await people.planned({ weeks: 4, learnerEmails: ['new@x.test'] });
		const before = await people.lessons();
		people.newMails();
		const second = before[1]!;
		const to = { startsAt: second.startsAt.getTime() + DAY + 90 * MINUTE, minutes: 30 };
		await people.planning.reschedule(people.maya, second.roomCode, to, 'following');
		const after = await people.lessons();
		expect(after[0]).toMatchObject({ roomCode, startsAt: before[0]?.startsAt, calendarSequence: 0 });
		expect(after.slice(1).map(({ startsAt }) => formatTime(startsAt.getTime(), 'Europe/Berlin'))).toEqual([
			...['13:30', '13:30', '13:30']
		]);
		expect(after.slice(1).map(({ calendarSequence }) => calendarSequence)).toEqual([1, 1, 1]);
		expect(people.newMails()).toEqual(['lesson-moved new@x.test']);
		expect(people.mails.at(-1)).toMatchObject({
			payload: { lesson: { roomCode: second.roomCode }, others: [{ sequence: 1 }, { sequence: 1 }] }
		});
	});

	test('only by its mentor, only what is planned, only to what is to come', async () => {
		const { planning, maya, ines, liam, omar, sessions } = people;
		const { roomCode } = await people.planned({ startsAt: NOW });
		const refused = (who: typeof maya, reason: string, to = LATER, code = roomCode) =>
			expect(planning.reschedule(who, code, to, 'this')).rejects.toMatchObject({ reason });
		await refused(ines, 'not-found');
		await refused(omar, 'not-found');
		await refused(maya, 'not-found', LATER, 'no-such-room');
		await refused(liam, 'not-mentor');
		await refused(maya, 'bad-input', { startsAt: NOW - DAY, minutes: 60 });
		await refused(maya, 'bad-input', { startsAt: NOW, minutes: Number.NaN });
		await sessions.start(await people.session(roomCode));
		await refused(maya, 'session-live');
		await sessions.end(await people.session(roomCode), 'mentor');
		await refused(maya, 'session-over');
	});

	test('[F9] what was moved is missed at its new end and not at its old one', async () => {
		const { roomCode } = await people.planned();
		await people.planning.reschedule(people.maya, roomCode, LATER, 'this');
		await people.time.advance(DAY + 60 * MINUTE);
		expect(await people.sessions.markMissed()).toBe(0);
		await people.time.advance(DAY - 15 * MINUTE);
		expect(await people.sessions.markMissed()).toBe(1);
	});

	test('[L3] against the start, in every order: moved or live, never both', async () => {
		for (let round = 0; round < 40; round++) {
			const { roomCode } = await people.planned({
				startsAt: people.time.now(),
				learnerEmails: [`a${round}@x.test`]
			});
			const session = await people.session(roomCode);
			const to = { startsAt: people.time.now() + DAY, minutes: 60 };
			const moves = [
				() => people.sessions.start(session),
				() => people.planning.reschedule(people.maya, roomCode, to, 'this')
			];
			if (round % 2) moves.reverse();
			const answers = await Promise.allSettled(moves.map((move) => move()));
			const won = answers.filter(({ status }) => status === 'fulfilled');
			const reasons = answers.flatMap((one) => (one.status === 'rejected' ? one.reason.reason : []));
			expect(won).toHaveLength(1);
			const { status, startsAt } = await people.session(roomCode);
			expect([status, startsAt.getTime(), reasons]).toEqual(
				status === 'live'
					? ['live', session.startsAt.getTime(), ['session-live']]
					: ['scheduled', to.startsAt, ['too-early']]
			);
			await people.planning.cancel(people.maya, roomCode, '', 'this').catch(() => undefined);
			// Another day: a mentor asks only so many new people in one.
			await people.time.advance(DAY / 20);
		}
	});
});

describe('[A2] [E2] cancelling', () => {
	test('calls it off with the reason, ends who waited, and tells everybody', async () => {
		const { roomCode, id } = await people.planned({
			startsAt: NOW,
			learnerEmails: ['liam@x.test', 'new@x.test']
		});
		const heard: string[] = [];
		listenToRoom(people.bus, roomCode, (message) =>
			heard.push(message.type === 'entry' ? message.entry.type : message.type)
		);
		const stay = { id: 'stay', member: { userId: 'liam', name: 'Liam', role: 'learner' as const } };
		await people.attendance.join({ id, roomCode }, stay, 'seat', NOW);
		people.newMails();
		await people.planning.cancel(people.maya, roomCode, 'I am ill.\nSorry!', 'this');
		expect(await people.session(roomCode)).toMatchObject({
			...{ status: 'cancelled', cancelledAt: new Date(NOW), cancelReason: 'I am ill.\nSorry!' },
			calendarSequence: 1
		});
		expect(heard).toEqual(['learner.join', 'learner.leave', 'session.cancelled', 'over']);
		expect(people.newMails()).toEqual(['lesson-cancelled liam@x.test', 'lesson-cancelled new@x.test']);
		expect(await people.told()).toEqual(['liam session-planned', 'liam session-cancelled']);
		expect((await people.sessions.roomState(roomCode, people.liam)).session).toMatchObject({
			...{ status: 'cancelled', cancelReason: 'I am ill.\nSorry!' }
		});
		await expect(people.sessions.start(await people.session(roomCode))).rejects.toMatchObject({
			reason: 'session-cancelled'
		});
		expect(await people.store.db.select().from(people.store.tables.ledger)).toEqual([]);
		expect(await people.sessions.markMissed()).toBe(0);
	});

	test('said again it keeps its first reason; the rest of a series may follow', async () => {
		const { roomCode } = await people.planned({ weeks: 3 });
		await people.planning.cancel(people.maya, roomCode, 'First', 'this');
		await people.planning.cancel(people.maya, roomCode, 'Second', 'following');
		expect((await people.lessons()).map(({ status, cancelReason }) => [status, cancelReason])).toEqual([
			['cancelled', 'First'],
			['cancelled', 'Second'],
			['cancelled', 'Second']
		]);
		expect(people.newMails()).toEqual([
			...['invitation liam@x.test', 'lesson-cancelled liam@x.test', 'lesson-cancelled liam@x.test']
		]);
	});

	test('[L3] against the start and against an answer, in every order: one of them wins', async () => {
		for (let round = 0; round < 40; round++) {
			const learner = await people.addPerson(`learner${round}`, 'learner');
			const { roomCode } = await people.planned({
				startsAt: people.time.now(),
				learnerEmails: [learner.email]
			});
			const session = await people.session(roomCode);
			const moves = [
				() => people.sessions.start(session),
				() => people.planning.cancel(people.maya, roomCode, '', 'this'),
				() => people.planning.accept(learner, { roomCode })
			];
			// Each of the six orders.
			const first = moves.splice(round % 3, 1);
			if (round % 2) moves.reverse();
			const answers = await Promise.allSettled([...first, ...moves].map((move) => move()));
			const { status } = await people.session(roomCode);
			const [invitation] = await people.invitations(roomCode);
			const reasons = answers.flatMap((one) => (one.status === 'rejected' ? one.reason.reason : []));
			if (status === 'live') expect(reasons).toEqual(['session-live']);
			else expect([status, reasons.includes('session-cancelled')]).toEqual(['cancelled', true]);
			// Who accepted too late is told, and nothing of it remains.
			expect(reasons.length).toBe(status === 'live' ? 1 : invitation?.acceptedAt ? 1 : 2);
			await people.time.advance(DAY / 20);
		}
	});
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatTime } from '../../shared/time.ts';
import { createToken, hashToken, MAILS_A_DAY, NEW_ADDRESSES_A_DAY } from './invite.ts';
import { DAY, MINUTE, NOW, openPlanning, type Planners } from './planningFixture.ts';

let people: Planners;

beforeEach(async () => {
	people = await openPlanning();
});
afterEach(() => people.close());

describe('[A2] planning a lesson', () => {
	test('stores it with its members, an invitation, a mail and a word for each, and what reminds of it', async () => {
		const { planning, maya, draft } = people;
		const description = 'Bring:\n- a ruler\n- a pencil';
		const { roomCode, seriesId } = await planning.plan(
			maya,
			draft({ learnerEmails: ['liam@x.test', 'NEW@x.test', 'new@x.test'], description })
		);
		expect(await people.session(roomCode)).toMatchObject({
			...{ title: 'Fractions', description, status: 'scheduled', mentorId: 'maya', priceMinor: 3_500 },
			...{ startsAt: new Date(NOW + DAY), endsAt: new Date(NOW + DAY + 60 * MINUTE), calendarSequence: 0 }
		});
		expect(seriesId).toBe(null);
		// Whoever has an account may enter at once; the others as soon as they have accepted.
		expect(await people.members(roomCode)).toEqual(['liam', 'maya']);
		expect(await people.invitations(roomCode)).toMatchObject([
			{ email: 'liam@x.test', userId: 'liam', acceptedAt: null, declinedAt: null },
			{ email: 'new@x.test', userId: null, acceptedAt: null, declinedAt: null }
		]);
		expect(people.newMails()).toEqual(['invitation liam@x.test', 'invitation new@x.test']);
		expect(await people.told()).toEqual(['liam session-planned']);
		expect([...people.nudged].sort()).toEqual(['liam', 'maya']);
		const jobs = await people.store.db.select().from(people.store.tables.jobs);
		expect(jobs.filter(({ kind }) => kind === 'session-soon')).toHaveLength(2);
	});

	test('the link’s token has 128 bits and is stored as its SHA-256 only', async () => {
		const { roomCode } = await people.planned();
		const token = people.tokenOf('liam@x.test');
		expect(Buffer.from(token, 'base64url')).toHaveLength(16);
		const [invitation] = await people.invitations(roomCode);
		expect(invitation?.tokenHash).toBe(hashToken(token));
		expect(JSON.stringify(invitation)).not.toContain(token);
	});

	test('a form that is sent again, and a hundred times at once, plans one lesson', async () => {
		const { planning, maya, draft } = people;
		const form = draft({ learnerEmails: ['liam@x.test', 'new@x.test'], weeks: 3 });
		const answers = await Promise.all(Array.from({ length: 100 }, () => planning.plan(maya, form)));
		for (const answer of answers) expect(answer).toEqual(answers[0]);
		expect(await people.lessons()).toHaveLength(3);
		expect(people.newMails()).toHaveLength(2);
		await expect(planning.plan(maya, { ...form, title: 'Something else' })).rejects.toMatchObject({
			reason: 'id-conflict'
		});
		// The same name for a form of somebody else is another form.
		await planning.plan(people.ines, form);
		expect(await people.lessons()).toHaveLength(6);
	});

	test('[A4] every week: one series at one time on the mentor’s clock, one mail with one link for all', async () => {
		const { planning, maya, draft } = people;
		const { seriesId, occurrences } = await planning.plan(
			maya,
			draft({ weeks: 3, learnerEmails: ['new@x.test'] })
		);
		const lessons = await people.lessons();
		expect(
			lessons.map((lesson) => [lesson.seriesId, formatTime(lesson.startsAt.getTime(), maya.timeZone)])
		).toEqual([
			[seriesId, '12:00'],
			[seriesId, '12:00'],
			[seriesId, '12:00']
		]);
		// The clocks went forward before the third one.
		expect(occurrences.map(({ startsAt }) => new Date(startsAt).getUTCHours())).toEqual([11, 11, 10]);
		expect(people.newMails()).toEqual(['invitation new@x.test']);
		expect(people.mails[0]).toMatchObject({
			payload: { others: [{}, {}], lesson: { sessionId: lessons[0]?.id } }
		});
		const hashes = (await Promise.all(lessons.map(({ roomCode }) => people.invitations(roomCode)))).flat();
		expect(new Set(hashes.map(({ tokenHash }) => tokenHash)).size).toBe(3);
	});

	test('[B4] what was typed becomes no header, and lines stay where lines may be', async () => {
		const title = 'Fractions\r\nBcc: everybody@x.test\u202e';
		const lesson = await people.planned({ title, description: 'One\r\nTwo\0' });
		expect(lesson).toMatchObject({ title: 'Fractions Bcc: everybody@x.test', description: 'One\nTwo' });
		for (const email of ['new@x.test\r\nBcc: a@x.test', 'a b@x.test', 'x', 'a@x.test,b@x.test']) {
			const attempt = people.planned({ learnerEmails: [email] });
			await expect(attempt, email).rejects.toMatchObject({ reason: 'bad-input' });
		}
	});

	test('refusals: learners, a past end, nonsense; nothing of it is stored', async () => {
		const { planning, liam, maya, draft } = people;
		await expect(planning.plan(liam, draft())).rejects.toMatchObject({ reason: 'not-mentor' });
		const wrong = [
			{ startsAt: NOW - 60 * MINUTE },
			{ weeks: 0 },
			{ weeks: 27 },
			{ minutes: 0 },
			{ title: ' ' },
			{ description: 'x'.repeat(2_001) },
			{ learnerEmails: [] },
			{ learnerEmails: Array.from({ length: 21 }, (_, nth) => `a${nth}@x.test`) },
			{ clientId: 'not one!' },
			{ priceMinor: 0.5 }
		];
		for (const changes of wrong)
			await expect(planning.plan(maya, draft(changes)), JSON.stringify(changes)).rejects.toMatchObject({
				reason: 'bad-input'
			});
		const attempt = planning.plan(
			maya,
			draft({ learnerEmails: ['liam@x.test', 'ines@x.test', 'maya@x.test'] })
		);
		await expect(attempt).rejects.toMatchObject({
			...{ reason: 'not-a-learner', problems: { 'ines@x.test': 'mentor', 'maya@x.test': 'self' } }
		});
		expect(await people.lessons()).toEqual([]);
		expect(people.newMails()).toEqual([]);
	});

	test('[F9] a planned lesson that nobody starts is missed, with its reminders gone', async () => {
		const { roomCode } = await people.planned();
		await people.time.advance(DAY + 60 * MINUTE);
		expect(await people.sessions.markMissed()).toBe(1);
		expect(await people.session(roomCode)).toMatchObject({ status: 'missed' });
	});
});

describe('[S3] floods of invitations', () => {
	test('so many addresses a day that have never answered; known learners are not counted, and tomorrow is another day', async () => {
		const crowd = (from: number, count: number) =>
			Array.from({ length: count }, (_, nth) => `new${from + nth}@x.test`);
		for (let from = 0; from < NEW_ADDRESSES_A_DAY - 10; from += 20)
			await people.planned({ learnerEmails: crowd(from, 20) });
		await people.planned({ learnerEmails: crowd(40, NEW_ADDRESSES_A_DAY - 40) });
		const more = { learnerEmails: ['one-more@x.test'] };
		await expect(people.planned(more)).rejects.toMatchObject({ reason: 'too-many-invitations' });
		// The same answer for an address with an account: it says nothing about who has one.
		await expect(people.planned()).rejects.toMatchObject({ reason: 'too-many-invitations' });
		await people.time.advance(DAY + 1);
		await people.planned({ ...more, startsAt: NOW + 3 * DAY });
	});

	test('so many mails a day to one address, whoever has them sent', async () => {
		const { planning, maya, ines, draft } = people;
		for (let nth = 0; nth < MAILS_A_DAY; nth++) await planning.plan(nth % 2 ? maya : ines, draft());
		await expect(planning.plan(maya, draft())).rejects.toMatchObject({ reason: 'too-many-mails' });
		const [lesson] = await people.lessons();
		const owner = lesson!.mentorId === 'maya' ? maya : ines;
		const later = { startsAt: NOW + 2 * DAY, minutes: 60 };
		await expect(planning.reschedule(owner, lesson!.roomCode, later, 'this')).rejects.toMatchObject({
			reason: 'too-many-mails'
		});
		expect((await people.session(lesson!.roomCode)).startsAt).toEqual(lesson!.startsAt);
		// Nobody is left waiting for a lesson that will not be.
		await planning.cancel(owner, lesson!.roomCode, '', 'this');
	});
});

describe('[A3] where mails leave the server', () => {
	beforeEach(async () => {
		await people.close();
		people = await openPlanning({ leave: true });
	});

	test('a mentor proves their address before they invite', async () => {
		const noor = await people.addPerson('noor', 'mentor', { emailVerifiedAt: null });
		await expect(people.planning.plan(noor, people.draft())).rejects.toMatchObject({ reason: 'unverified' });
		expect(await people.lessons()).toEqual([]);
	});

	test('an account with an address that nobody proved is nobody: it gets into no lesson by it', async () => {
		const mallory = await people.addPerson('mallory', 'learner', {
			emailVerifiedAt: null,
			email: 'victim@x.test'
		});
		const { roomCode } = await people.planned({ learnerEmails: ['victim@x.test'] });
		expect(await people.members(roomCode)).toEqual(['maya']);
		expect(await people.planning.openInvitations(mallory)).toEqual([]);
		await expect(people.planning.accept(mallory, { roomCode })).rejects.toMatchObject({
			reason: 'not-found'
		});
		// Whoever holds the link reads the mails of that address.
		await people.planning.accept(mallory, { token: people.tokenOf('victim@x.test') });
		expect(await people.members(roomCode)).toEqual(['mallory', 'maya']);
		const { users } = people.store.tables;
		const rows = await people.store.db.select().from(users);
		expect(rows.find(({ id }) => id === 'mallory')?.emailVerifiedAt).toEqual(new Date(NOW));
	});
});

test('[S5] tokens are never the same', () => {
	expect(new Set(Array.from({ length: 1_000 }, createToken)).size).toBe(1_000);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenToRoom } from '../roomLog/roomMessages.ts';
import { DAY, openPlanning, type Planners } from './planningFixture.ts';

let people: Planners;

beforeEach(async () => {
	people = await openPlanning();
});
afterEach(() => people.close());

async function logged(roomCode: string): Promise<string[]> {
	const { id } = await people.session(roomCode);
	return (await people.roomLog.readAll(id)).map(({ type }) => type);
}

describe('[A2] editing', () => {
	const changes = { title: 'Fractions', description: '', priceMinor: 3_500, learnerEmails: ['liam@x.test'] };

	test('words and price: everybody reads them, and the calendar entry gets a higher number', async () => {
		const { roomCode } = await people.planned();
		people.newMails();
		const next = { ...changes, title: 'Ratios', description: 'Page 12', priceMinor: 4_000 };
		await people.planning.edit(people.maya, roomCode, next, 'this');
		await people.planning.edit(people.maya, roomCode, next, 'this');
		expect(await people.session(roomCode)).toMatchObject({
			...{ title: 'Ratios', description: 'Page 12', priceMinor: 4_000, calendarSequence: 1 }
		});
		expect(people.newMails()).toEqual(['lesson-changed liam@x.test']);
		expect(await people.told()).toEqual(['liam session-planned', 'liam session-changed']);
		expect(await logged(roomCode)).toEqual(['session.changed']);
	});

	test('who is new on the list is invited, who is gone from it withdrawn and out of the room', async () => {
		const { roomCode } = await people.planned({ learnerEmails: ['liam@x.test', 'old@x.test'] });
		const gone: string[] = [];
		listenToRoom(people.bus, roomCode, (message) => message.type === 'left' && gone.push(message.userId));
		const link = people.tokenOf('old@x.test');
		people.newMails();
		const learnerEmails = ['aisha@x.test', 'new@x.test'];
		await people.planning.edit(people.maya, roomCode, { ...changes, learnerEmails }, 'this');
		expect(await people.members(roomCode)).toEqual(['aisha', 'maya']);
		expect(gone).toEqual(['liam']);
		expect(people.newMails()).toEqual([
			...['invitation aisha@x.test', 'invitation new@x.test'],
			...['invitation-withdrawn liam@x.test', 'invitation-withdrawn old@x.test']
		]);
		expect(await people.planning.invitation(link, null)).toMatchObject({
			state: 'withdrawn',
			roomCode: null
		});
		await expect(people.planning.accept(people.liam, { roomCode })).rejects.toMatchObject({
			reason: 'not-found'
		});
		// Invited again: a new link, the old one stays dead.
		await people.planning.edit(people.maya, roomCode, { ...changes, learnerEmails: ['old@x.test'] }, 'this');
		expect(people.tokenOf('old@x.test')).not.toBe(link);
		expect(await people.planning.invitation(link, null)).toBe(null);
		expect(await people.planning.invitation(people.tokenOf('old@x.test'), null)).toMatchObject({
			state: 'open'
		});
		expect((await people.invitations(roomCode)).map(({ email }) => email)).toHaveLength(4);
	});

	test('a wrong address changes nothing at all', async () => {
		const { roomCode } = await people.planned();
		people.newMails();
		const next = { ...changes, title: 'Ratios', learnerEmails: ['ines@x.test'] };
		await expect(people.planning.edit(people.maya, roomCode, next, 'this')).rejects.toMatchObject({
			problems: { 'ines@x.test': 'mentor' }
		});
		expect((await people.session(roomCode)).title).toBe('Fractions');
		expect(await people.members(roomCode)).toEqual(['liam', 'maya']);
		expect(people.newMails()).toEqual([]);
	});
});

describe('[A2] editing a series', () => {
	const changes = { title: 'Fractions', description: '', priceMinor: 3_500, learnerEmails: ['liam@x.test'] };

	test('this session only: the others stay as they are', async () => {
		const { roomCode } = await people.planned({ weeks: 3 });
		await people.planning.edit(people.maya, roomCode, { ...changes, title: 'Ratios' }, 'this');
		expect((await people.lessons()).map(({ title }) => title)).toEqual(['Ratios', 'Fractions', 'Fractions']);
	});

	test('from one on, in one mail and one notification each; what it keeps stays in each as it is there', async () => {
		await people.planned({ weeks: 4, learnerEmails: ['liam@x.test', 'new@x.test'] });
		const [first, second, third, last] = await people.lessons();
		const { liam, maya, planning } = people;
		const own = { ...changes, learnerEmails: ['liam@x.test', 'new@x.test'], description: 'Page 12' };
		await planning.edit(maya, third!.roomCode, own, 'this');
		await planning.decline(liam, { roomCode: last!.roomCode });
		people.newMails();
		const told = (await people.told()).length;
		const next = { ...changes, title: 'Ratios', learnerEmails: own.learnerEmails };
		for (let nth = 0; nth < 2; nth++) await planning.edit(maya, second!.roomCode, next, 'following');
		expect((await people.lessons()).map(({ title, description }) => [title, description])).toEqual([
			...[
				[first!.title, ''],
				...[
					['Ratios', ''],
					['Ratios', 'Page 12'],
					['Ratios', '']
				]
			]
		]);
		expect((await people.lessons()).map((lesson) => lesson.calendarSequence)).toEqual([0, 1, 2, 1]);
		expect(people.newMails()).toEqual(['lesson-changed liam@x.test', 'lesson-changed new@x.test']);
		const sent = people.mails
			.slice(-2)
			.map(({ to, payload }) => [
				to.address,
				'others' in payload ? payload.others?.map(({ roomCode }) => roomCode) : null
			]);
		expect(Object.fromEntries(sent)).toEqual({
			'liam@x.test': [third!.roomCode],
			'new@x.test': [third!.roomCode, last!.roomCode]
		});
		expect((await people.told()).slice(told)).toEqual(['liam session-changed']);
		for (const { roomCode } of [second!, third!, last!])
			expect((await logged(roomCode)).at(-1)).toBe('session.changed');
	});

	test('a new learner gets one link for all that is new to them, who is gone one word about all that was theirs', async () => {
		await people.planned({ weeks: 4 });
		const [, second, third, last] = await people.lessons();
		const { maya, aisha, planning } = people;
		const emails = (...learnerEmails: string[]) => ({ ...changes, learnerEmails });
		await planning.edit(maya, third!.roomCode, emails('liam@x.test', 'aisha@x.test'), 'this');
		people.newMails();
		for (let nth = 0; nth < 2; nth++)
			await planning.edit(maya, second!.roomCode, emails('aisha@x.test', 'new@x.test'), 'following');
		expect(people.newMails()).toEqual([
			...['invitation aisha@x.test', 'invitation new@x.test', 'invitation-withdrawn liam@x.test']
		]);
		const invitations = people.mails.filter(({ kind, to }) => kind === 'invitation' && to.userId === 'aisha');
		expect(invitations.at(-1)?.payload).toMatchObject({
			...{ lesson: { roomCode: second!.roomCode }, others: [{ roomCode: last!.roomCode }] }
		});
		expect((await people.told()).filter((one) => one === 'liam invitation-withdrawn')).toHaveLength(1);
		for (const { roomCode } of [second!, third!, last!])
			expect(await people.members(roomCode)).toEqual(['aisha', 'maya']);
		await planning.accept(aisha, { token: people.tokenOf('aisha@x.test') });
		const [row] = await people.invitations(last!.roomCode);
		expect([row?.email, row?.acceptedAt === null]).toEqual(['aisha@x.test', false]);
	});

	test('what cannot be done with one of them is done with none', async () => {
		await people.planned({ weeks: 2 });
		const [first, second] = await people.lessons();
		const { maya, planning } = people;
		const many = Array.from({ length: 20 }, (_, nth) => `many${nth}@x.test`);
		await planning.edit(maya, second!.roomCode, { ...changes, learnerEmails: many }, 'this');
		people.newMails();
		const next = { ...changes, title: 'Ratios', learnerEmails: ['liam@x.test', 'aisha@x.test'] };
		await expect(planning.edit(maya, first!.roomCode, next, 'following')).rejects.toMatchObject({
			...{ reason: 'bad-input', message: 'One of the later sessions would have too many learners.' }
		});
		expect((await people.lessons()).map(({ title }) => title)).toEqual(['Fractions', 'Fractions']);
		expect(people.newMails()).toEqual([]);
	});

	test('[L3] against the start, a move and a cancellation, in every order: each lesson has all of an edit or nothing', async () => {
		for (let round = 0; round < 24; round++) {
			const { now } = people.time;
			const { roomCode, seriesId } = await people.planned({ weeks: 3, startsAt: now() });
			const series = (await people.lessons()).filter((one) => one.seriesId === seriesId);
			const [first, second, third] = series;
			const next = { ...changes, title: `Round ${round}`, priceMinor: round };
			const to = { startsAt: second!.startsAt.getTime() + DAY, minutes: 30 };
			const moves = [
				() => people.planning.edit(people.maya, roomCode, next, 'following'),
				() => people.planning.reschedule(people.maya, second!.roomCode, to, 'following'),
				() => people.planning.cancel(people.maya, third!.roomCode, '', 'this'),
				() => people.sessions.start(first!)
			];
			const [turned] = moves.splice(round % 4, 1);
			if (round % 2) moves.reverse();
			const answers = await Promise.allSettled([turned!, ...moves].map((move) => move()));
			const reasons = answers.flatMap((one) => (one.status === 'rejected' ? one.reason.reason : []));
			expect(reasons.filter((reason) => reason !== 'session-live')).toEqual([]);
			const after = await Promise.all([first!, second!, third!].map((one) => people.session(one.roomCode)));
			const isEdited = reasons.length === 0;
			expect(after[0]!.status).toBe('live');
			expect(after[1]!.startsAt.getTime()).toBe(to.startsAt);
			expect(after[2]!.status).toBe('cancelled');
			for (const lesson of after.slice(0, 2))
				expect([lesson.title, lesson.priceMinor]).toEqual(
					isEdited ? [next.title, round] : ['Fractions', 3_500]
				);
			expect([
				['Fractions', 3_500],
				[next.title, round]
			]).toContainEqual([after[2]!.title, after[2]!.priceMinor]);
			await people.sessions.end(after[0]!, 'mentor');
			await people.planning.cancel(people.maya, second!.roomCode, '', 'this');
			await people.time.advance(DAY);
		}
	});
});

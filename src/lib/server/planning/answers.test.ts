import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, MINUTE, NOW, openPlanning, type Planners } from './planningFixture.ts';

let people: Planners;

beforeEach(async () => {
	people = await openPlanning();
});
afterEach(() => people.close());

describe('[A2] answering an invitation', () => {
	test('by its link after signing up: a member, and the mentor learns the name', async () => {
		const { roomCode } = await people.planned({ learnerEmails: ['new@x.test'], description: 'Page 12' });
		const token = people.tokenOf('new@x.test');
		people.newMails();
		expect(await people.planning.invitation(token, null)).toMatchObject({
			...{ state: 'open', title: 'Fractions', description: 'Page 12', email: 'new@x.test' },
			...{ hasAccount: false, isMine: false, roomCode: null, mentor: { name: 'Maya' } }
		});
		const noor = await people.addPerson('noor', 'learner', { email: 'new@x.test', emailVerifiedAt: null });
		expect(await people.planning.accept(noor, { token })).toEqual({ roomCode });
		expect(await people.planning.accept(noor, { token })).toEqual({ roomCode });
		expect(await people.members(roomCode)).toEqual(['maya', 'noor']);
		expect(people.newMails()).toEqual(['lesson-answered maya@x.test']);
		expect(await people.told()).toEqual(['maya invitation-answered']);
		expect(await people.planning.invitation(token, noor)).toMatchObject({
			...{ state: 'accepted', isMine: true, roomCode }
		});
		const { users } = people.store.tables;
		const rows = await people.store.db.select().from(users);
		expect(rows.find(({ id }) => id === 'noor')?.emailVerifiedAt).toEqual(new Date(NOW));
	});

	test('a link is for its address alone, and for learners', async () => {
		await people.planned({ learnerEmails: ['new@x.test'] });
		const token = people.tokenOf('new@x.test');
		const { planning, liam } = people;
		await expect(planning.accept(liam, { token })).rejects.toMatchObject({ reason: 'other-address' });
		await expect(planning.decline(liam, { token })).rejects.toMatchObject({ reason: 'other-address' });
		await expect(planning.accept(liam, { token: 'A'.repeat(22) })).rejects.toMatchObject({
			reason: 'not-found'
		});
		expect(await planning.invitation('A'.repeat(22), liam)).toBe(null);
		expect(await planning.invitation('A'.repeat(10_000), liam)).toBe(null);
		const teacher = await people.addPerson('teacher', 'mentor', { email: 'new@x.test' });
		await expect(planning.accept(teacher, { token })).rejects.toMatchObject({ reason: 'not-a-learner' });
	});

	test('all of a series by its link; one of it alone by its room', async () => {
		await people.planned({ weeks: 3 });
		const lessons = await people.lessons();
		await people.planning.accept(people.liam, { token: people.tokenOf('liam@x.test') });
		await people.planning.decline(people.liam, { roomCode: lessons[1]!.roomCode });
		const answers = await Promise.all(
			lessons.map(async ({ roomCode }) => (await people.planning.details(people.liam, roomCode)).answer)
		);
		expect(answers).toEqual(['accepted', 'declined', 'accepted']);
		expect(await people.members(lessons[1]!.roomCode)).toEqual(['maya']);
		expect(await people.told()).toEqual([
			...['liam session-planned', 'maya invitation-answered', 'maya invitation-answered']
		]);
		// The link does not overrule the no to one of them; its own page does.
		await people.planning.accept(people.liam, { token: people.tokenOf('liam@x.test') });
		expect(await people.members(lessons[1]!.roomCode)).toEqual(['maya']);
		await people.planning.accept(people.liam, { roomCode: lessons[1]!.roomCode });
		expect(await people.members(lessons[1]!.roomCode)).toEqual(['liam', 'maya']);
	});

	test('leaving what was accepted: out of lists and room, with a word to the mentor; changing one’s mind is one mail an hour', async () => {
		const { roomCode } = await people.planned();
		people.newMails();
		for (let nth = 0; nth < 3; nth++) {
			await people.planning.accept(people.liam, { roomCode });
			await people.time.advance(1_000);
			await people.planning.decline(people.liam, { roomCode });
			await people.time.advance(1_000);
		}
		expect(await people.members(roomCode)).toEqual(['maya']);
		await expect(people.sessions.membership(roomCode, people.liam)).rejects.toMatchObject({
			reason: 'not-found'
		});
		const { mails } = people.store.tables;
		const rows = await people.store.db.select().from(mails);
		expect(rows.filter(({ kind }) => kind === 'lesson-answered')).toHaveLength(2);
		expect(await people.planning.details(people.maya, roomCode)).toMatchObject({
			invitees: [{ email: 'liam@x.test', name: 'Liam', answer: 'declined' }]
		});
	});

	test('[S3] whoever answers again and again has to wait', async () => {
		const { planning, liam } = people;
		const { roomCode } = await people.planned();
		for (let nth = 0; nth < 10; nth++) {
			await planning.accept(liam, { roomCode });
			await planning.decline(liam, { roomCode });
		}
		await expect(planning.accept(liam, { roomCode })).rejects.toMatchObject({ reason: 'too-many' });
		await people.time.advance(MINUTE);
		await planning.accept(liam, { roomCode });
		expect(await people.members(roomCode)).toEqual(['liam', 'maya']);
	});

	test('no without an account: the link alone is enough, as long as nobody has one with the address', async () => {
		const { roomCode } = await people.planned({ learnerEmails: ['new@x.test', 'liam@x.test'] });
		await people.planning.decline(null, { token: people.tokenOf('new@x.test') });
		expect(
			(await people.invitations(roomCode)).map(({ declinedAt }) => declinedAt?.getTime() ?? null)
		).toEqual([null, NOW]);
		const own = people.planning.decline(null, { token: people.tokenOf('liam@x.test') });
		await expect(own).rejects.toMatchObject({ reason: 'signed-out' });
	});

	test('while it runs one may still say yes, and not no; afterwards neither', async () => {
		const { roomCode } = await people.planned({
			startsAt: NOW,
			learnerEmails: ['liam@x.test', 'aisha@x.test']
		});
		const session = await people.session(roomCode);
		await people.sessions.start(session);
		const { planning, liam, aisha } = people;
		await expect(planning.decline(liam, { roomCode })).rejects.toMatchObject({ reason: 'session-live' });
		await planning.accept(liam, { roomCode });
		await people.sessions.end(session, 'mentor');
		await expect(planning.accept(aisha, { roomCode })).rejects.toMatchObject({ reason: 'session-over' });
		expect(await planning.invitation(people.tokenOf('aisha@x.test'), null)).toMatchObject({ state: 'over' });
	});
});

describe('[S1] what a mentor learns of an address', () => {
	test('is the same with and without an account, in every list, until its owner answers', async () => {
		const { planning, maya, liam, sessions } = people;
		const { roomCode } = await people.planned({ learnerEmails: ['liam@x.test', 'new@x.test'] });
		const shown = async () => {
			const { invitees, learners } = await planning.details(maya, roomCode);
			const [inCalendar] = await planning.calendar(maya, NOW, NOW + 7 * DAY);
			const room = await sessions.roomState(roomCode, maya);
			const members = room.session.members.filter(({ role }) => role === 'learner').map(({ name }) => name);
			return { invitees: invitees.map(({ name }) => name), learners, members, people: inCalendar?.people };
		};
		const addresses = ['liam@x.test', 'new@x.test'];
		expect(await shown()).toEqual({
			...{ invitees: [null, null], members: addresses, people: addresses },
			// Not even who it is, whose colour and picture would tell.
			learners: addresses.map((name) => ({ id: null, name }))
		});
		const ids = (await sessions.roomState(roomCode, maya)).session.members.map(({ userId }) => userId);
		expect(ids.filter((id) => id.startsWith('invited:'))).toHaveLength(2);

		await planning.accept(liam, { roomCode });
		expect(await shown()).toEqual({
			invitees: ['Liam', null],
			learners: [
				{ id: liam.id, name: 'Liam' },
				{ id: null, name: 'new@x.test' }
			],
			...{ members: ['Liam', 'new@x.test'], people: ['Liam', 'new@x.test'] }
		});
		// Once known to this mentor, known in the next lesson too; to another mentor an address.
		const next = await people.planned({ startsAt: NOW + 3 * DAY });
		expect((await planning.details(maya, next.roomCode)).invitees[0]?.name).toBe('Liam');
		const other = await planning.plan(people.ines, people.draft({ startsAt: NOW + 5 * DAY }));
		expect((await planning.details(people.ines, other.roomCode)).invitees[0]?.name).toBe(null);
	});

	test('strangers and other mentors learn nothing of a lesson', async () => {
		const { planning, ines, omar } = people;
		const { roomCode } = await people.planned();
		for (const stranger of [ines, omar]) {
			const attempts = [
				planning.details(stranger, roomCode),
				planning.edit(stranger, roomCode, people.draft(), 'this'),
				planning.cancel(stranger, roomCode, '', 'following'),
				planning.decline(stranger, { roomCode }),
				planning.accept(stranger, { roomCode })
			];
			const answers = await Promise.allSettled(attempts);
			expect(answers.map((one) => one.status === 'rejected' && one.reason.reason)).toEqual(
				Array.from(answers, () => 'not-found')
			);
			expect(await planning.calendar(stranger, NOW, NOW + 7 * DAY)).toEqual([]);
		}
	});
});

describe('[A2] what is in the way', () => {
	const at = { startsAt: NOW + DAY + 30 * MINUTE, minutes: 60, weeks: 1 };

	test('one’s own lessons by title; of learners one knows only that they are busy; a border is no conflict', async () => {
		const { planning, maya, ines, liam, draft } = people;
		const query = { ...at, learnerEmails: ['liam@x.test', 'aisha@x.test'], except: null };
		const { roomCode } = await people.planned({ learnerEmails: ['aisha@x.test'] });
		const busy = await planning.plan(ines, draft({ title: 'Secret', startsAt: NOW + DAY }));
		await planning.accept(liam, busy);
		// Nobody's diary is read by writing down an address.
		expect((await planning.conflicts(maya, query)).conflicts).toMatchObject([
			{ kind: 'own', title: 'Fractions', roomCode, with: { startsAt: NOW + DAY } }
		]);
		const known = await people.planned({ startsAt: NOW + 9 * DAY });
		await planning.accept(liam, known);
		const found = (await planning.conflicts(maya, query)).conflicts;
		expect(found).toMatchObject([{ kind: 'own' }, { kind: 'learner', email: 'liam@x.test', name: 'Liam' }]);
		expect(JSON.stringify(found)).not.toContain('Secret');
		const after = { ...query, startsAt: NOW + DAY + 60 * MINUTE };
		expect((await planning.conflicts(maya, after)).conflicts).toEqual([]);
		await planning.cancel(maya, roomCode, '', 'this');
		expect((await planning.conflicts(maya, query)).conflicts).toHaveLength(1);
	});

	test('[A4] each week of a series is looked at, and a lesson that moves is not in its own way', async () => {
		const { planning, maya } = people;
		await people.planned({ weeks: 3 });
		const [first] = await people.lessons();
		const query = { ...at, weeks: 4, learnerEmails: [] };
		const found = await planning.conflicts(maya, { ...query, except: null });
		expect(found.occurrences).toHaveLength(4);
		expect(found.conflicts).toHaveLength(3);
		const except = (scope: 'this' | 'following') => ({ roomCode: first!.roomCode, scope });
		const alone = await planning.conflicts(maya, { ...query, weeks: 1, except: except('this') });
		expect(alone.conflicts).toEqual([]);
		const all = await planning.conflicts(maya, { ...query, weeks: 1, except: except('following') });
		expect([all.occurrences.length, all.conflicts]).toEqual([3, []]);
		await expect(planning.conflicts(people.liam, { ...query, except: null })).rejects.toMatchObject({
			reason: 'not-mentor'
		});
	});
});

describe('[F7] what is still to be answered, and the week', () => {
	test('open invitations are gone once answered; the week shows what touches it, without what was cancelled', async () => {
		const { planning, liam, maya } = people;
		const first = await people.planned();
		const second = await people.planned({ startsAt: NOW + 2 * DAY, title: 'Ratios' });
		expect(
			(await planning.openInvitations(liam)).map(({ title, mentorName }) => [title, mentorName])
		).toEqual([
			['Fractions', 'Maya'],
			['Ratios', 'Maya']
		]);
		await planning.accept(liam, first);
		await planning.cancel(maya, second.roomCode, '', 'this');
		expect(await planning.openInvitations(liam)).toEqual([]);
		const touching = [NOW + DAY + 59 * MINUTE, NOW + 7 * DAY] as const;
		expect(await planning.calendar(liam, ...touching)).toMatchObject([
			{ title: 'Fractions', role: 'learner', people: ['Maya'], answer: 'accepted', changeable: false }
		]);
		expect(await planning.calendar(maya, ...touching)).toMatchObject([
			{ title: 'Fractions', role: 'mentor', people: ['Liam'], answer: null, changeable: true }
		]);
		for (const [from, to] of [
			[NOW, NOW],
			[NOW, NOW + 100 * DAY],
			[Number.NaN, NOW]
		] as const)
			await expect(planning.calendar(maya, from, to)).rejects.toMatchObject({ reason: 'bad-input' });
	});
});

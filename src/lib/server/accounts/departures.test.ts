import { is, Table } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../db/store.ts';
import { createLeave } from '../planning/leave.ts';
import { createChangePlans } from '../planning/planChange.ts';
import { DAY, openPlanning, type Planners } from '../planning/planningFixture.ts';
import { listenToRoom } from '../roomLog/roomMessages.ts';
import { createDepartures } from './departures.ts';
import { createProofs } from './proofs.ts';

let people: Planners;
beforeEach(async () => {
	people = await openPlanning();
	people.time.advance(DAY / 4);
});
afterEach(() => people.close());

async function leave(who: { id: string }): Promise<void> {
	const { store, bus, deps } = people;
	const departures = createDepartures({
		...{ store, bus },
		files: { remove: async () => undefined } as never,
		proofs: createProofs({ store, mails: deps.mails, now: deps.now }),
		confirmPassword: async () => undefined as never,
		lessons: { leave: createLeave(deps) },
		changePlans: createChangePlans(deps)
	});
	await departures.deleteAccount(who.id, 'right');
}

/** Every row of every table that holds one of these, as `table: row`. */
async function rowsWith(...strings: string[]): Promise<string[]> {
	const { tables, db } = people.store;
	const found: string[] = [];
	for (const [name, table] of Object.entries(tables)) {
		if (!is(table, Table)) continue;
		for (const row of await db.select().from(table)) {
			// Calendars fold long lines.
			const text = JSON.stringify(row).replace(/\\r\\n[ \t]/g, '');
			if (strings.some((one) => text.includes(one))) found.push(`${name}: ${text}`);
		}
	}
	return found;
}
/** As if they had all been sent. */
async function sendMails(): Promise<void> {
	const { mails } = people.store.tables;
	await people.store.transact(function* (tx) {
		yield* run(tx.update(mails).set({ sentAt: new Date() }).returning({ id: mails.id }));
	});
}

describe('[A1] whoever deletes their account', () => {
	test('as a mentor calls off what they planned: all who were asked hear it, by mail, in their lists, in open rooms', async () => {
		const { planning, maya, liam, aisha, newMails } = people;
		const emails = [liam.email, aisha.email, 'new@x.test', 'no@x.test'];
		const lesson = await people.planned({ learnerEmails: emails });
		await people.planned({
			learnerEmails: [liam.email],
			weeks: 2,
			startsAt: lesson.startsAt.getTime() + DAY
		});
		await planning.decline(null, { token: people.tokenOf('no@x.test') });
		newMails();
		const rooms: string[] = [];
		listenToRoom(people.bus, lesson.roomCode, ({ type }) => rooms.push(type));
		people.nudged.length = 0;
		await leave(maya);
		expect((await people.lessons()).map(({ status }) => status)).toEqual(Array(3).fill('cancelled'));
		expect((await people.session(lesson.roomCode)).cancelReason).toBe('The mentor has left PeerLearn.');
		expect(newMails()).toEqual([
			'lesson-cancelled aisha@x.test',
			'lesson-cancelled liam@x.test',
			'lesson-cancelled liam@x.test',
			'lesson-cancelled new@x.test'
		]);
		expect((await people.told()).filter((each) => each.endsWith('session-cancelled')).sort()).toEqual([
			'aisha session-cancelled',
			'liam session-cancelled',
			'liam session-cancelled'
		]);
		expect(rooms).toContain('over');
		expect(new Set(people.nudged)).toEqual(new Set(['maya', 'liam', 'aisha']));
	});

	test('as a learner is taken off what is to come; the lesson goes on, and nobody waits for an answer', async () => {
		const { planning, liam, aisha } = people;
		const lesson = await people.planned({ learnerEmails: [liam.email, aisha.email] });
		await planning.accept(liam, { roomCode: lesson.roomCode });
		people.nudged.length = 0;
		await leave(liam);
		expect((await people.session(lesson.roomCode)).status).toBe('scheduled');
		expect(await people.members(lesson.roomCode)).toEqual(['aisha', 'maya']);
		expect(people.nudged).toEqual(expect.arrayContaining(['aisha', 'maya']));
		const details = await planning.details(people.maya, lesson.roomCode);
		// The id, by which faces have their colours, is nobody's by now.
		expect(JSON.stringify(details)).not.toMatch(/Liam|liam@/);
		people.newMails();
		await planning.cancel(people.maya, lesson.roomCode, '', 'this');
		expect(people.newMails()).toEqual(['lesson-cancelled aisha@x.test']);
	});

	test.each(['maya', 'liam'] as const)(
		'[S7] %s: no table holds their name or address afterwards',
		async (who) => {
			const { planning, maya, liam, aisha } = people;
			const person = people[who];
			const lesson = await people.planned({ learnerEmails: [liam.email, aisha.email, 'new@x.test'] });
			await planning.accept(liam, { roomCode: lesson.roomCode });
			await planning.reschedule(
				maya,
				lesson.roomCode,
				{ startsAt: lesson.startsAt.getTime() + DAY, minutes: 45 },
				'this'
			);
			const roots = { title: 'Roots', description: '', priceMinor: 0 };
			const learnerEmails = [liam.email, 'new@x.test'];
			await planning.edit(maya, lesson.roomCode, { ...roots, learnerEmails }, 'this');
			await sendMails();
			expect((await rowsWith(person.email)).length).toBeGreaterThan(2);
			const before = people.mails.length;
			await leave(person);
			const last = people.mails.slice(before).map(({ kind }) => `mails: ${kind}`);
			const left = await rowsWith(person.email, person.name);
			// Said once more, so that calendars believe it; emptied as soon as it is sent.
			const isLast = (row: string) => row.startsWith('mails: ') && row.includes('"kind":"lesson-cancelled"');
			expect(left.filter((row) => !isLast(row))).toEqual([]);
			expect(new Set(last)).toEqual(new Set(who === 'maya' ? ['mails: lesson-cancelled'] : []));
		}
	);
});

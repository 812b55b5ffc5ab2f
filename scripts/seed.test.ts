import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyPassword } from '../src/lib/server/accounts/password.ts';
import { readConfig } from '../src/lib/server/config.ts';
import { openStore } from '../src/lib/server/db/openStore.ts';
import type { Store } from '../src/lib/server/db/store.ts';
import { DEMO_ROOM_CODE, seed } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'seed-'));
const config = readConfig({ DATA_DIR: folder });
const now = Date.UTC(2026, 9, 25, 0, 30);
let store: Store;

beforeAll(async () => {
	await seed(config, { now, startsIn: 0.5, minutes: 0.2 });
	store = openStore(config.database);
});
afterAll(async () => {
	await store.close();
	rmSync(folder, { recursive: true });
});
const all = <K extends keyof Store['tables']>(table: K) => store.db.select().from(store.tables[table]);

test('[O1] the people of the spec, with the password of all', async () => {
	const people = await all('users');
	expect(people.map(({ name, email, role }) => `${name} ${email} ${role}`).sort()).toEqual([
		'Aisha Rahman aisha@peerlearn.test learner',
		'Ines Duarte ines@peerlearn.test mentor',
		'Liam Chen liam@peerlearn.test learner',
		'Maya Okafor maya@peerlearn.test mentor',
		'Omar Haddad omar@peerlearn.test learner'
	]);
	for (const person of people) expect(await verifyPassword(person.passwordHash, 'learn-together')).toBe(true);
});

test('[O1] the sample lesson starts and ends when the flags say, with its three members', async () => {
	const demo = (await all('sessions')).find(({ roomCode }) => roomCode === DEMO_ROOM_CODE);
	expect(demo).toMatchObject({ title: 'Demo lesson', status: 'scheduled' });
	expect([demo?.startsAt.getTime(), demo?.endsAt.getTime()]).toEqual([now + 30_000, now + 42_000]);
	const people = new Map((await all('users')).map(({ id, email }) => [id, email.split('@')[0]]));
	const members = (await all('sessionMembers')).filter(({ sessionId }) => sessionId === demo?.id);
	expect(members.map(({ userId, role }) => `${people.get(userId)} ${role}`).sort()).toEqual([
		'aisha learner',
		'liam learner',
		'maya mentor'
	]);
	const omar = [...people].find(([, name]) => name === 'omar')?.[0];
	expect((await all('sessionMembers')).filter(({ userId }) => userId === omar)).toEqual([]);
});

test('[F2] past lessons, each whole: log without gaps, attendance, one earning', async () => {
	const past = (await all('sessions')).filter(({ status }) => status === 'completed');
	// The dozen that is told in detail, and more before it.
	expect(past).toHaveLength(31);
	const [log, ledger, stays] = [await all('roomLog'), await all('ledger'), await all('attendance')];
	const members = await all('sessionMembers');
	for (const session of past) {
		expect(session.endedAt!.getTime()).toBeLessThan(now);
		expect(session.endedAt!.getTime() - session.startedAt!.getTime()).toBe(session.durationSeconds! * 1_000);
		const entries = log.filter(({ sessionId }) => sessionId === session.id).sort((a, b) => a.seq - b.seq);
		expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: session.lastSeq }, (_, i) => i + 1));
		expect(entries.map(({ at }) => at.getTime())).toEqual(
			entries.map(({ at }) => at.getTime()).sort((a, b) => a - b)
		);
		expect(entries.at(-1)).toMatchObject({ type: 'session.end', at: session.endedAt });
		const present = new Set(
			stays.filter(({ sessionId }) => sessionId === session.id).map(({ userId }) => userId)
		);
		expect(present).toEqual(
			new Set(members.filter(({ sessionId }) => sessionId === session.id).map(({ userId }) => userId))
		);
		expect(ledger.filter(({ sessionId }) => sessionId === session.id)).toMatchObject([
			{ amountMinor: session.priceMinor, mentorId: session.mentorId, currency: config.CURRENCY }
		]);
	}
});

test('[F9] and one that nobody started, with who waited for it', async () => {
	const missed = (await all('sessions')).filter(({ status }) => status === 'missed');
	expect(missed).toHaveLength(1);
	const { id, endsAt } = missed[0]!;
	const stays = (await all('attendance')).filter(({ sessionId }) => sessionId === id);
	expect(stays).toMatchObject([
		{ leftAt: endsAt, deviceTrouble: { camera: 'denied', microphone: 'denied' } }
	]);
	expect((await all('ledger')).filter(({ sessionId }) => sessionId === id)).toEqual([]);
	const members = (await all('sessionMembers')).filter(({ sessionId }) => sessionId === id);
	const told = (await all('notifications')).filter(({ kind }) => kind === 'session-missed');
	expect(told).toHaveLength(2);
	expect(told.map(({ userId }) => userId).sort()).toEqual(members.map(({ userId }) => userId).sort());
	for (const { createdAt } of told) expect(createdAt).toEqual(endsAt);
});

test('[F3] files are really there, ratings are between members and once a pair', async () => {
	const files = await all('resources');
	expect(files.length).toBeGreaterThan(6);
	for (const file of files) {
		const bytes = readFileSync(join(folder, 'files', file.storageKey));
		expect(bytes.length).toBe(file.size);
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
	}
	const members = (await all('sessionMembers')).map(({ sessionId, userId }) => `${sessionId} ${userId}`);
	const ratings = await all('ratings');
	expect(ratings.length).toBeGreaterThan(12);
	for (const { sessionId, raterId, rateeId } of ratings) {
		expect(members).toContain(`${sessionId} ${raterId}`);
		expect(members).toContain(`${sessionId} ${rateeId}`);
	}
});

test('[F5] everybody was told of their own lessons, in order, and something is new for those who show the demo', async () => {
	const told = await all('notifications');
	const [people, members, sessions] = [
		await all('users'),
		await all('sessionMembers'),
		await all('sessions')
	];
	const byRoom = new Map(sessions.map(({ id, roomCode }) => [roomCode, id]));
	for (const { userId, payload } of told) {
		const sessionId = byRoom.get(payload.roomCode as string);
		expect(members.some((member) => member.userId === userId && member.sessionId === sessionId)).toBe(true);
	}
	for (const { userId, lastSeq } of await all('inboxes')) {
		const own = told.filter((each) => each.userId === userId).sort((a, b) => a.seq - b.seq);
		expect(own.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, i) => i + 1));
		const times = own.map(({ createdAt }) => createdAt.getTime());
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect(times.at(-1)).toBeLessThanOrEqual(now);
	}
	const unread = (name: string) => {
		const { id } = people.find((person) => person.name === name)!;
		return told.filter(({ userId, readAt }) => userId === id && readAt === null).map(({ kind }) => kind);
	};
	expect(unread('Maya Okafor').sort()).toEqual(['rating-reminder', 'rating-revealed']);
	expect(unread('Liam Chen')).toContain('material-added');
	expect(unread('Liam Chen')).toContain('rating-reminder');
});

test('[F7] the figures of the past lessons are those of their ledger, with learners who came back', async () => {
	const ledger = await all('ledger');
	const totals = await all('mentorTotals');
	expect(totals).toHaveLength(2);
	for (const { mentorId, amountMinor, feeMinor, sessions, lessonSeconds } of totals) {
		const own = ledger.filter((entry) => entry.mentorId === mentorId);
		expect(sessions).toBe(own.length);
		expect(amountMinor).toBe(own.reduce((sum, entry) => sum + entry.amountMinor, 0));
		expect(feeMinor).toBe(0);
		expect(lessonSeconds).toBeGreaterThan(sessions * 40 * 60);
	}
	expect((await all('lessonFigures')).length).toBe(ledger.length);
	expect((await all('mentorLearners')).filter(({ sessions }) => sessions > 1)).toHaveLength(3);
});

test('[F4] ratings are shown where both rated or a week has passed, and counted; the others wait for their day', async () => {
	const [ratings, sessions] = [await all('ratings'), await all('sessions')];
	const [totals, jobs] = [await all('ratingTotals'), await all('jobs')];
	const waiting = new Set<string>();
	const sums = new Map<string, number>();
	for (const { sessionId, raterId, rateeId, stars, revealedAt } of ratings) {
		const mutual = ratings.some(
			(other) => other.sessionId === sessionId && other.raterId === rateeId && other.rateeId === raterId
		);
		const { endedAt } = sessions.find(({ id }) => id === sessionId)!;
		const due = endedAt!.getTime() + 7 * 86_400_000;
		expect(revealedAt !== null).toBe(mutual || due <= now);
		if (revealedAt) sums.set(rateeId, (sums.get(rateeId) ?? 0) + stars);
		else waiting.add(`${sessionId} ${due}`);
	}
	expect(waiting.size).toBe(2);
	expect(
		new Set(
			jobs
				.filter(({ kind }) => kind !== 'session-soon')
				.map(({ kind, payload, dueAt }) => `${kind} ${String(payload.sessionId)} ${dueAt.getTime()}`)
		)
	).toEqual(new Set([...waiting].map((key) => `reveal-ratings ${key}`)));
	expect(new Map(totals.map(({ userId, stars }) => [userId, stars]))).toEqual(sums);
});

test('[F6] some of the lessons were interrupted, and their attendance says the same as their log', async () => {
	const [log, stays] = await Promise.all([all('roomLog'), all('attendance')]);
	const lost = log.filter(({ payload }) => payload.reason === 'lost');
	expect(lost.length).toBeGreaterThanOrEqual(3);
	for (const { sessionId, actorId, payload } of lost)
		expect(
			stays.filter(
				(stay) =>
					stay.sessionId === sessionId && stay.userId === actorId && stay.leftAt?.getTime() === payload.since
			)
		).toHaveLength(1);
});

test('[A2] lessons to come, in which every answer to an invitation is seen; who said no is no member', async () => {
	const sessions = (await all('sessions')).filter(
		({ status, roomCode }) => status === 'scheduled' && roomCode !== DEMO_ROOM_CODE
	);
	const [invitations, members, jobs] = [
		await all('invitations'),
		await all('sessionMembers'),
		await all('jobs')
	];
	for (const { id, startsAt, endsAt } of sessions) {
		expect(startsAt.getTime()).toBeGreaterThan(now + 86_400_000);
		expect(endsAt.getTime()).toBeGreaterThan(startsAt.getTime());
		expect(
			jobs.filter(({ kind, payload }) => kind === 'session-soon' && payload.sessionId === id)
		).toHaveLength(3);
	}
	const states = invitations.map(({ userId, sessionId, acceptedAt, declinedAt }) => {
		const isMember = members.some((member) => member.userId === userId && member.sessionId === sessionId);
		expect(isMember).toBe(userId !== null && declinedAt === null);
		return `${userId === null ? 'address' : 'person'} ${acceptedAt ? 'accepted' : declinedAt ? 'declined' : 'open'}`;
	});
	expect([...new Set(states)].sort()).toEqual([
		...['address open', 'person accepted', 'person declined', 'person open']
	]);
});

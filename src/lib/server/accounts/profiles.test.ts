import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../db/store.ts';
import { openPeople, PASSWORD, type PeopleFixture } from './peopleFixture.ts';

let people: PeopleFixture;
beforeEach(async () => {
	people = await openPeople();
});
afterEach(() => people.close());

/** The beginning of a PNG of that size; nobody draws it here. */
function png(width: number, height: number): Uint8Array {
	const bytes = new Uint8Array(64);
	bytes.set([0x89, ...Buffer.from('PNG\r\n\x1a\n'), 0, 0, 0, 13, ...Buffer.from('IHDR')]);
	new DataView(bytes.buffer).setUint32(16, width);
	new DataView(bytes.buffer).setUint32(20, height);
	return bytes;
}
const kept = async () => (await readdir(people.folder)).filter((name) => name !== 'unfinished');

describe('[A1] [S6] a person’s picture', () => {
	test('is kept once, changes its address with each change, and is gone when it is removed', async () => {
		const { user, cookie } = await people.person('Noor');
		const viewer = { id: 'somebody' };
		await people.profiles.setPicture(user.id, png(256, 256));
		const { [user.id]: first } = await people.profiles.picturesOf([user.id, 'nobody']);
		expect((await people.login(cookie))!.user.picture).toBe(first);
		const opened = await people.profiles.openPicture(viewer, user.id, first!);
		expect(opened.type).toBe('image/png');
		expect(opened.bytes).toEqual(png(256, 256));
		await people.profiles.setPicture(user.id, png(128, 128));
		const { [user.id]: second } = await people.profiles.picturesOf([user.id]);
		expect(second).not.toBe(first);
		expect(await kept()).toHaveLength(1);
		await expect(people.profiles.openPicture(viewer, user.id, first!)).rejects.toMatchObject({
			reason: 'not-found'
		});
		await people.profiles.removePicture(user.id);
		expect(await kept()).toEqual([]);
		expect(await people.profiles.picturesOf([user.id])).toEqual({});
	});

	test('whoever is signed out sees only that of a mentor who can be booked', async () => {
		const { user } = await people.person('Maya', 'mentor');
		await people.profiles.setPicture(user.id, png(256, 256));
		const { [user.id]: version } = await people.profiles.picturesOf([user.id]);
		const open = () => people.profiles.openPicture(null, user.id, version!);
		await expect(open()).rejects.toMatchObject({ reason: 'not-found' });
		const { bookingPages } = people.store.tables;
		await people.store.transact(function* (tx) {
			const page = {
				...{ mentorId: user.id, slug: 'maya', open: true, title: '', introduction: '', lessonMinutes: 60 },
				...{ priceMinor: 0, pauseMinutes: 0, noticeHours: 0, aheadDays: 7, updatedAt: new Date() }
			};
			yield* run(tx.insert(bookingPages).values(page).returning());
		});
		expect((await open()).type).toBe('image/png');
	});

	test.each([
		['no picture', new TextEncoder().encode('<svg onload=alert(1)>'), 'bad-input'],
		['one that moves', new TextEncoder().encode('GIF89a\x10\0\x10\0'), 'bad-input'],
		['one of too many pixels', png(5_000, 10), 'bad-input'],
		['one without a size', png(0, 0), 'bad-input'],
		['one that is too large', new Uint8Array(1024 * 1024 + 1), 'too-large']
	])('%s is refused and nothing of it stays', async (_, bytes, reason) => {
		const { user } = await people.person('Noor');
		await expect(people.profiles.setPicture(user.id, bytes)).rejects.toMatchObject({ reason });
		expect(await kept()).toEqual([]);
	});
});

describe('[A1] a deleted account', () => {
	test('is nobody: no name, address, picture, login; what others need of it stays', async () => {
		const { user, cookie } = await people.person('Noor');
		const { tables, db } = people.store;
		await people.profiles.setPicture(user.id, png(256, 256));
		await expect(people.departures.deleteAccount(user.id, 'wrong')).rejects.toMatchObject({
			reason: 'wrong-password'
		});
		expect((await people.row(user.id)).name).toBe('Noor');
		await people.departures.deleteAccount(user.id, PASSWORD);
		expect(await people.row(user.id)).toMatchObject({
			...{ name: 'Deleted account', passwordHash: '', pictureKey: null, timeZone: 'UTC', language: null }
		});
		expect(await people.login(cookie)).toBeNull();
		expect(await kept()).toEqual([]);
		const all = JSON.stringify([
			await db.select().from(tables.users),
			await db.select().from(tables.accountProofs)
		]);
		expect(all.toLowerCase()).not.toContain('noor');
		for (const email of ['noor@x.test', (await people.row(user.id)).email])
			await expect(people.accounts.signIn({ email, password: PASSWORD })).rejects.toMatchObject({
				reason: 'wrong-login'
			});
		// The address is free for a new beginning.
		expect((await people.person('Noor')).user.id).not.toBe(user.id);
	});

	test('what becomes of lessons to come is decided while the name still stands there', async () => {
		await people.close();
		const told: string[] = [];
		people = await openPeople({
			lessons: {
				*leave(_change, person) {
					told.push(`leaves as ${person.name}`);
				}
			}
		});
		const { user } = await people.person('Maya', 'mentor');
		await people.departures.deleteAccount(user.id, PASSWORD);
		expect(told).toEqual(['leaves as Maya']);
	});
});

import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../db/store.ts';
import { createHeldLogins, type HeldLogins } from './heldLogins.ts';
import { openPeople, type PeopleFixture } from './peopleFixture.ts';

const DAY = 86_400_000;

let people: PeopleFixture;
let held: HeldLogins;
let ended: string[];
beforeEach(async () => {
	people = await openPeople();
	const { store, bus, clock } = people;
	held = createHeldLogins({ store, bus, now: () => clock.now });
	ended = [];
});
afterEach(() => people.close());

async function hold(name: string) {
	const login = (await people.login((await people.person(name)).cookie))!;
	return { ...login, holding: held.hold(login, () => ended.push(name)) };
}

test('[S2] what ends here is heard at once, once, and by its own login only', async () => {
	const [maya, liam] = [await hold('Maya'), await hold('Liam')];
	await people.accounts.signOut(liam.loginId);
	expect(ended).toEqual(['Liam']);
	expect([maya.holding.user()?.name, liam.holding.user()]).toEqual(['Maya', null]);
	await held.recheck();
	expect(ended).toEqual(['Liam']);
});

test('[S2] a login that runs out, or that another server ended, is found by the next look', async () => {
	const [maya, liam] = [await hold('Maya'), await hold('Liam')];
	await held.recheck();
	expect(ended).toEqual([]);
	const { logins } = people.store.tables;
	await people.store.transact(function* (tx) {
		yield* run(tx.delete(logins).where(eq(logins.idHash, liam.holding.key)).returning());
	});
	await held.recheck();
	expect(ended).toEqual(['Liam']);
	expect(await held.areGood([maya.holding.key, liam.holding.key])).toEqual(new Set([maya.holding.key]));
	people.clock.now += 31 * DAY;
	await held.recheck();
	expect(ended).toEqual(['Liam', 'Maya']);
});

test('[S2] what is released is not told, and a name that changed is known', async () => {
	const [maya, liam] = [await hold('Maya'), await hold('Liam')];
	liam.holding.release();
	await people.accounts.signOut(liam.loginId);
	const { users } = people.store.tables;
	await people.store.transact(function* (tx) {
		const change = tx.update(users).set({ name: 'Maya O.' }).where(eq(users.id, maya.user.id));
		yield* run(change.returning());
	});
	await held.recheck();
	expect(maya.holding.user()?.name).toBe('Maya O.');
	expect(ended).toEqual([]);
});

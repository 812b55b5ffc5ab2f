import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endLesson, type RatedLesson } from '../feedback/feedbackFixture.ts';
import { createOwnData, type OwnData } from './ownData.ts';

let rated: RatedLesson;
let ownData: OwnData;
beforeEach(async () => {
	rated = await endLesson();
	ownData = createOwnData({ store: rated.lesson.store, now: rated.lesson.time.now });
});
afterEach(() => rated.lesson.close());

describe('[A1] one’s data', () => {
	test('are one’s own words and sessions, and of ratings what one gave and what one may read', async () => {
		const { lesson, rate } = rated;
		const session = await lesson.session();
		await rate(session, 'maya', 'liam', 2, { comment: 'not for his eyes yet', connectionToBlame: true });
		const before = await ownData.exportOf('liam');
		expect(before.sessions).toMatchObject([
			{
				...{ roomCode: session.roomCode, role: 'learner', status: 'completed' },
				with: expect.arrayContaining([
					{ name: 'Maya', role: 'mentor' },
					{ name: 'Aisha', role: 'learner' }
				])
			}
		]);
		expect(before.ratings).toEqual({ given: [], received: [] });
		// Once both have rated each may read the other’s, but not whom a bad connection was blamed on.
		await rate(session, 'liam', 'maya', 5);
		const { ratings } = await ownData.exportOf('liam');
		expect(ratings.given).toMatchObject([{ about: 'Maya', stars: 5 }]);
		expect(ratings.received).toMatchObject([{ from: 'Maya', stars: 2, comment: 'not for his eyes yet' }]);
		expect(ratings.received[0]).not.toHaveProperty('connectionToBlame');
	});

	test('of a mentor are what was earned as well; no password, key or id of somebody else is in any of it', async () => {
		const [maya, liam] = [await ownData.exportOf('maya'), await ownData.exportOf('liam')];
		expect(maya.earnings).toMatchObject([{ amountMinor: 4_500, currency: 'EUR' }]);
		expect(liam.earnings).toEqual([]);
		expect(maya.profile).toMatchObject({ name: 'Maya', email: 'maya@x.test', hasPicture: false });
		const text = JSON.stringify([maya, liam]);
		for (const secret of ['passwordHash', 'idHash', 'storageKey', 'tokenHash', 'aisha@x.test'])
			expect(text).not.toContain(secret);
		await expect(ownData.exportOf('nobody')).rejects.toMatchObject({ reason: 'signed-out' });
	});
});

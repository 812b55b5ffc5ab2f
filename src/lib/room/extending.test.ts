import { expect, test } from 'vitest';
import { liveLesson } from './fakes/fakeLesson.ts';

test('[M2] more time that runs into a next session is asked about first, and then had all the same', async () => {
	const { clock, server, maya } = await liveLesson();
	const endsAt = maya.room.view().session.endsAt;
	server.next = [{ userId: 'maya', startsAt: endsAt + 60_000 }];
	expect(await maya.room.extend(5)).toEqual(server.next);
	await clock.advance(100);
	expect(maya.room.view().session.endsAt).toBe(endsAt);
	// A question is no error.
	expect(maya.room.view().notices.filter(({ kind }) => kind === 'error')).toEqual([]);
	expect(await maya.room.extend(5, true)).toEqual([]);
	await clock.advance(100);
	expect(maya.room.view().session.endsAt).toBe(endsAt + 300_000);
});

test('[M2] [T3] an answer that was lost makes no second extension', async () => {
	const { clock, server, maya } = await liveLesson();
	const endsAt = maya.room.view().session.endsAt;
	maya.link.loseAnswers = true;
	const extending = maya.room.extend(10);
	await clock.advance(500);
	maya.link.loseAnswers = false;
	await clock.advance(3_000);
	expect(await extending).toEqual([]);
	expect(maya.link.asked.extend).toBeGreaterThan(1);
	expect(server.session.endsAt).toBe(endsAt + 600_000);
});

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

test('[M2] everybody is warned at 10, 5 and 1 minute, once each, and again for time that was added', async () => {
	const { clock, server, maya, liam } = await liveLesson();
	const warnings = () =>
		[maya, liam].map(({ room }) =>
			room
				.view()
				.notices.filter(({ kind }) => kind === 'warning')
				.map(({ text }) => text)
		);
	const untilLeft = (ms: number) => clock.advance(server.session.endsAt - server.now() - ms);
	await untilLeft(11 * 60_000);
	expect(warnings()).toEqual([[], []]);
	await untilLeft(50_000);
	const all = ['10 minutes left', '5 minutes left', '1 minute left'];
	expect(warnings()).toEqual([all, all]);
	await maya.room.extend(5);
	await untilLeft(55_000);
	const more = [...all, '5 minutes left', '1 minute left'];
	expect(warnings()).toEqual([more, more]);
});

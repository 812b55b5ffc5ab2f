import { expect, test } from 'vitest';
import { liveLesson, MAYA } from './fakes/fakeLesson.ts';

test('[F1] [T1] without the server the mentor is out after a second, and everybody when it is back', async () => {
	const { clock, server, maya, liam } = await liveLesson();
	await maya.room.turnOnDevices();
	maya.link.cut();
	const ended = maya.room.end();
	await clock.advance(500);
	expect(maya.room.view()).toMatchObject({ phase: { name: 'inRoom' }, ending: true });
	await clock.advance(600);
	expect(maya.room.view()).toMatchObject({ phase: { name: 'left' }, ending: true });
	expect(maya.devices.made.every((track) => track.readyState === 'ended')).toBe(true);
	expect(liam.room.view().phase).toEqual({ name: 'inRoom' });
	await clock.advance(60_000);
	maya.link.restore();
	await clock.advance(5_000);
	await ended;
	for (const { room } of [maya, liam]) {
		expect(room.view()).toMatchObject({ phase: { name: 'ended', reason: 'mentor' }, ending: false });
	}
	expect(server.log.filter(({ type }) => type === 'session.end')).toHaveLength(1);
});

test('[F1] a reload before the server answered does not forget the end', async () => {
	const { clock, server, enter, maya, liam } = await liveLesson();
	maya.link.cut();
	void maya.room.end();
	await clock.advance(3_000);
	maya.room.close();
	await clock.advance(1_000);
	const again = enter(MAYA, maya.storage);
	await clock.advance(1_000);
	for (const { room } of [again, liam]) expect(room.view().phase).toMatchObject({ name: 'ended' });
	expect(server.session.status).toBe('completed');
});

test('[F1] with the server at hand the mentor stays until the answer is there', async () => {
	const { clock, maya } = await liveLesson();
	const names: string[] = [];
	maya.room.subscribe(({ phase }) => names.push(phase.name));
	void maya.room.end();
	await clock.advance(3_000);
	expect(new Set(names)).toEqual(new Set(['inRoom', 'ended']));
});

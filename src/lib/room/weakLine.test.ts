import { expect, test } from 'vitest';
import type { FakeLine } from './fakes/fakeCall.ts';
import { LIAM, liveLesson, MAYA, personIn } from './fakes/fakeLesson.ts';

const QUIET: FakeLine = { available: 3_000_000, limitation: 'none', lossOut: 0 };
const NARROW: FakeLine = { available: 80_000, limitation: 'bandwidth', lossOut: 0 };

test('[T5] [M3] a narrow line: smaller, then sound only, said on both sides; and all of it back again', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	await maya.room.turnOnDevices();
	await liam.room.turnOnDevices();
	// She came first, so the call is hers.
	const call = exchange.made[0]!;
	await clock.advance(8_000);
	expect(personIn(liam.room, MAYA)?.quality).toEqual({ level: 'excellent' });
	expect(personIn(maya.room, MAYA)?.quality).toEqual({ level: 'excellent' });

	for (const { room } of [maya, liam]) expect(room.view().pausedFor).toEqual([]);
	call.line = NARROW;
	const widths: (number | undefined)[] = [];
	for (let i = 0; i < 23; i += 1) {
		await clock.advance(500);
		const width = call.limit?.maxWidth;
		if (widths.at(-1) !== width) widths.push(width);
	}
	expect(widths).toEqual([1_280, 640, 480, 320, undefined]);
	expect(maya.room.view().pausedFor).toEqual(['liam']);
	expect(personIn(liam.room, MAYA)).toMatchObject({
		videoPaused: true,
		frozen: false,
		quality: { level: 'poor', reason: 'bandwidth', side: 'theirs' }
	});
	expect(personIn(maya.room, MAYA)?.quality).toEqual({ level: 'poor', reason: 'bandwidth', side: 'mine' });
	expect(personIn(maya.room, LIAM)?.quality?.level).toBe('good');
	expect(personIn(liam.room, MAYA)?.call).toBe('connected');
	expect(personIn(liam.room, LIAM)?.quality).toEqual({ level: 'excellent' });

	call.line = QUIET;
	await clock.advance(60_000);
	expect(call.limit?.maxWidth).toBe(1_280);
	expect(personIn(liam.room, MAYA)).toMatchObject({
		videoPaused: false,
		speaking: false,
		quality: { level: 'excellent' }
	});
	expect(personIn(maya.room, MAYA)?.quality).toEqual({ level: 'excellent' });
});

test('[T5] the call that takes over after a silence sends as little as the one before', async () => {
	const { clock, exchange, maya } = await liveLesson();
	await maya.room.turnOnDevices();
	const before = exchange.made[0]!;
	before.line = NARROW;
	await clock.advance(10_000);
	expect(maya.room.view().pausedFor).toEqual(['liam']);
	for (const end of [before, before.other!]) end.setSilent(true);
	await clock.advance(4_000);
	const after = exchange.made.at(-1)!;
	expect(after.id).not.toBe(before.id);
	expect(after.limit).toBeNull();
	expect(maya.room.view().pausedFor).toEqual(['liam']);
});

test('[M3] the others hear of it rarely, and nobody is told who knows', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	await clock.advance(10_000);
	const before = maya.link.asked.update ?? 0;
	for (let i = 0; i < 60; i += 1) {
		exchange.made[0]!.line = i % 2 ? QUIET : { ...NARROW, lossOut: 0.3 };
		await clock.advance(1_000);
	}
	expect((maya.link.asked.update ?? 0) - before).toBeLessThan(20);
	const quiet = liam.link.asked.update ?? 0;
	await clock.advance(30_000);
	expect((liam.link.asked.update ?? 0) - quiet).toBe(0);
});

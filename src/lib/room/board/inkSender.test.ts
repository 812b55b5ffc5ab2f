import { expect, test } from 'vitest';
import type { DrawInput } from '../../shared/boardInk.ts';
import { fakeClock } from '../fakes/fakeClock.ts';
import { createInkSender, type Stroke } from './inkSender.ts';
import { foldInk, swept, type Shadows } from './shadows.ts';

const PEN = { strokeId: 's', pageId: 'first', kind: 'pen', color: '#000000', width: 2 } as const;

function pen(length: number): Stroke {
	return { ...PEN, length, pointAt: (at) => [at * 1.234, at, 0.5] };
}

function sending() {
	const clock = fakeClock();
	const sent: (Omit<DrawInput, 'seatId'> & { at: number })[] = [];
	const sender = createInkSender({ clock, send: (input) => sent.push({ ...input, at: clock.now() }) });
	const from = { fromUserId: 'maya', fromSeatId: 'seat' };
	const shadows = () =>
		sent.reduce<Shadows>((all, { ink, at }) => (ink ? foldInk(all, { ...from, ink }, at) : all), new Map());
	return { clock, sent, sender, shadows };
}

test('[X3] a stroke travels by its new points, twenty times a second at most', async () => {
	const { clock, sent, sender, shadows } = sending();
	for (let length = 1; length <= 300; length += 1) {
		sender.draw(pen(length));
		await clock.advance(10);
	}
	sender.end('s', true);
	await clock.advance(100);
	expect(sent.length).toBeLessThanOrEqual(63);
	expect(shadows().get('s')!.points).toHaveLength(900);
	expect(shadows().get('s')!.ended).toBe(true);
});

test('[X3] what is shown while drawing is not sent twice', async () => {
	const { clock, sent, sender } = sending();
	for (let length = 1; length <= 100; length += 1) {
		sender.draw(pen(length));
		await clock.advance(25);
	}
	expect(sent.reduce((sum, { ink }) => sum + ink!.points.length, 0)).toBe(300);
});

test('[X3] a stroke that is given up disappears', async () => {
	const { clock, sender, shadows } = sending();
	sender.draw(pen(10));
	await clock.advance(100);
	expect(shadows().size).toBe(1);
	sender.end('s', false);
	await clock.advance(100);
	expect(shadows().size).toBe(0);
});

test('[X3] a stroke that is given up disappears although the next one is being drawn already', async () => {
	const { clock, sender, shadows } = sending();
	sender.draw(pen(10));
	await clock.advance(100);
	sender.draw({ ...pen(5), strokeId: 'next' });
	await clock.advance(100);
	expect([...shadows().keys()]).toEqual(['s', 'next']);
	sender.end('s', false);
	await clock.advance(100);
	expect([...shadows().keys()]).toEqual(['next']);
	sender.draw({ ...pen(9), strokeId: 'next' });
	await clock.advance(100);
	expect(shadows().get('next')!.points).toHaveLength(27);
});

test('[X3] a pen that rests is not taken for one that went away, but one that went away is', async () => {
	const { clock, sender, shadows } = sending();
	sender.draw(pen(10));
	await clock.advance(30_000);
	expect(swept(shadows(), clock.now()).size).toBe(1);
	expect(shadows().get('s')!.points).toHaveLength(30);
	sender.stop();
	await clock.advance(7_000);
	expect(swept(shadows(), clock.now()).size).toBe(0);
});

test('[X3] nobody goes on with the stroke of somebody else', () => {
	const ink = { ...PEN, from: 0, points: [0, 0, 0.5] };
	const one = foldInk(new Map(), { fromUserId: 'maya', fromSeatId: 'a', ink }, 0);
	expect(foldInk(one, { fromUserId: 'liam', fromSeatId: 'b', ink: { ...ink, from: 1 } }, 0)).toBe(one);
});

test('[X2] cursor and view go out together, and only the newest', async () => {
	const { clock, sent, sender } = sending();
	sender.cursor({ pageId: 'first', x: 1, y: 1, tool: 'pen' });
	await clock.advance(0);
	for (let x = 2; x < 9; x += 1) {
		sender.cursor({ pageId: 'first', x, y: 1, tool: 'pen' });
		sender.look({ pageId: 'first', x, y: 1, zoom: 1 });
		await clock.advance(5);
	}
	await clock.advance(50);
	expect(sent).toHaveLength(2);
	expect(sent[1]).toMatchObject({ cursor: { x: 8 }, view: { x: 8 } });
});

test('[X3] while a stroke is drawn no cursor travels beside it', async () => {
	const { clock, sent, sender } = sending();
	for (let length = 1; length <= 20; length += 1) {
		sender.draw(pen(length));
		sender.cursor({ pageId: 'first', x: length, y: 1, tool: 'pointer' });
		await clock.advance(25);
	}
	expect(sent.filter(({ ink, cursor }) => ink && cursor)).toEqual([]);
});

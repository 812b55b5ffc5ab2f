import { expect, test } from 'vitest';
import { LIAM, liveLesson, personIn } from './fakes/fakeLesson.ts';

test('[N2] with another network the call that is being set up is made anew at once', async () => {
	const { clock, exchange, maya } = await liveLesson();
	exchange.cutPath(true);
	await clock.advance(4_000);
	expect(exchange.made).toHaveLength(2);
	maya.network.setOnline(true);
	await clock.advance(50);
	expect(exchange.made).toHaveLength(3);
	expect(exchange.made.map((call) => call.closed)).toEqual([false, true, false]);
});

test('[N2] [T2] once our own socket is back the call is made anew at once, over it, and the PeerServer is asked anew', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	exchange.cutPath(true);
	for (const { link } of [maya, liam]) link.cut();
	// Long enough for pauses to have grown.
	await clock.advance(60_000);
	exchange.cutPath(false);
	for (const { link } of [maya, liam]) link.restore();
	await clock.advance(400);
	for (const { room, peers } of [maya, liam]) {
		expect(room.view().people.every(({ trouble }) => trouble === null)).toBe(true);
		expect(peers.reconnected).toBeGreaterThan(0);
	}
	await clock.advance(5_000);
	for (const { room } of [maya, liam]) expect(room.view().health.name).toBe('fine');
	expect(exchange.running()).toHaveLength(1);
});

test('[T1] while a call goes on, our own socket coming back touches neither it nor the PeerServer', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	liam.link.cut();
	await clock.advance(2_000);
	liam.link.restore();
	await clock.advance(2_000);
	expect(exchange.made).toHaveLength(1);
	for (const { peers } of [maya, liam]) expect(peers.reconnected).toBe(0);
});

test('[N2] [T4] a connection to the PeerServer that only looks open is found, and the call made over our own socket', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	liam.peers.deaf = true;
	exchange.cutPath(true);
	await clock.advance(6_000);
	exchange.cutPath(false);
	await clock.advance(500);
	expect(personIn(maya.room, LIAM)).toMatchObject({ call: 'connected', trouble: null });
	expect(maya.link.asked.signal).toBeGreaterThan(0);
	expect(liam.peers).toMatchObject({ deaf: false });
	expect(exchange.running()).toHaveLength(1);
	await clock.advance(5_000);
	for (const { room } of [maya, liam]) expect(room.view().health.name).toBe('fine');
});

test('[N5] a call that has nothing to connect by is made anew before long, until it has', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	exchange.hopeless = true;
	for (const end of [exchange.made[0], exchange.made[0]?.other]) end?.setSilent(true);
	await clock.advance(60_000);
	expect(exchange.made.filter((call) => !call.closed).length).toBeLessThanOrEqual(2);
	exchange.hopeless = false;
	await clock.advance(3_500);
	for (const { room } of [maya, liam]) expect(room.view().people.every(({ silent }) => !silent)).toBe(true);
	expect(exchange.running()).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { fakeLesson, LIAM, MAYA, personIn } from './fakes/fakeLesson.ts';

const TURN = { urls: ['turn:t.test?transport=udp'], username: 'u', credential: 'c' };

/** Maya and Liam in the room; `turn`: with a relay to go by. */
async function call(turn: boolean) {
	const lesson = fakeLesson();
	const { server, clock, exchange, enter } = lesson;
	const plain = server.ticket.bind(server);
	if (turn) server.ticket = (seatId) => ({ ...plain(seatId), iceServers: [TURN] });
	const maya = enter(MAYA);
	await clock.advance(100);
	// Both pages write to the same policies: only Maya's choice is looked at.
	const liam = enter(LIAM);
	await clock.advance(100);
	await maya.room.start();
	await clock.advance(6_000);
	return { clock, exchange, enter, maya, liam };
}

test('[C1] “Always relay” makes a running call anew beside, and is remembered on the device', async () => {
	const { clock, exchange, enter, maya, liam } = await call(true);
	const [before] = exchange.running();
	maya.room.setRelayOnly(true);
	expect(exchange.policies).toEqual({ peers: 'relay', spare: 'relay' });
	// The old one is kept until the new one shows something, and nothing is said to be wrong.
	expect(before?.closed).toBe(false);
	expect(personIn(maya.room, LIAM)).toMatchObject({ call: 'connected', trouble: null });
	await clock.advance(2_000);
	expect(exchange.running()).toHaveLength(1);
	expect(exchange.running()[0]).not.toBe(before);
	for (const { room } of [maya, liam]) expect(room.view().health.name).toBe('fine');
	expect(maya.room.details().relayOnly).toBe(true);

	maya.room.leave();
	const again = enter(MAYA, maya.storage);
	expect(again.room.details().relayOnly).toBe(true);
});

test('[C1] where there is no relay the choice cuts nobody off', async () => {
	const { clock, exchange, maya } = await call(false);
	const [before] = exchange.running();
	maya.room.setRelayOnly(true);
	expect(exchange.policies).toEqual({ peers: 'all', spare: 'all' });
	await clock.advance(2_000);
	expect(exchange.running()).toEqual([before]);
});

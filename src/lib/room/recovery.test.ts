import { expect, test } from 'vitest';
import { fakeLesson, LIAM, liveLesson, MAYA, personIn } from './fakes/fakeLesson.ts';

const texts = (notices: { text: string }[]) => notices.map((notice) => notice.text);

test('[T8] a reload takes seat and devices again and calls anew, without a toast', async () => {
	const { clock, exchange, enter, maya, liam } = await liveLesson();
	await liam.room.turnOnDevices();
	await liam.room.setMicrophone(false);
	await clock.advance(1_000);
	liam.room.close();
	await clock.advance(500);
	const again = enter(LIAM, liam.storage, true);
	await clock.advance(500);
	expect(again.room.view().phase).toEqual({ name: 'inRoom' });
	expect(again.room.view().devices).toMatchObject({ microphone: { name: 'muted' }, camera: { name: 'on' } });
	expect(personIn(maya.room, LIAM)).toMatchObject({ call: 'connected', media: { camera: true } });
	expect(exchange.running()).toHaveLength(1);
	await clock.advance(5_000);
	expect(texts(maya.room.view().notices)).toEqual(['Liam Chen is waiting in the room']);
});

test('[T9] a newer tab takes the seat, and it can be taken back', async () => {
	const { clock, exchange, enter, maya, liam } = await liveLesson();
	await liam.room.turnOnDevices();
	const newer = enter(LIAM);
	await clock.advance(100);
	newer.room.join();
	await clock.advance(500);
	expect(liam.room.view().phase).toEqual({ name: 'elsewhere' });
	expect(liam.devices.made.every((track) => track.readyState === 'ended')).toBe(true);
	expect(personIn(maya.room, LIAM)?.call).toBe('connected');
	liam.room.continueHere();
	await clock.advance(500);
	expect(liam.room.view().phase).toEqual({ name: 'inRoom' });
	expect(newer.room.view().phase).toEqual({ name: 'elsewhere' });
	expect(personIn(maya.room, LIAM)?.call).toBe('connected');
	expect(exchange.running()).toHaveLength(1);
});

test('[T1] calls go on while the server socket or the PeerServer is away', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	liam.link.cut();
	exchange.setUp(false);
	await clock.advance(2_000);
	expect(liam.room.view().connection).toMatchObject({ name: 'reconnecting' });
	expect(maya.room.view().mediaReady).toBe(true);
	expect(personIn(liam.room, MAYA)?.call).toBe('connected');
	await liam.room.turnOnDevices();
	liam.link.restore();
	exchange.setUp(true);
	await clock.advance(500);
	expect(exchange.made).toHaveLength(1);
	expect(personIn(maya.room, LIAM)?.media).toMatchObject({ microphone: true, camera: true });
});

test('[N4] with the PeerServer away at the start, the call is made when it is back', async () => {
	const lesson = fakeLesson();
	lesson.exchange.setUp(false);
	const [maya, liam] = [lesson.enter(MAYA), lesson.enter(LIAM)];
	await maya.room.start();
	await lesson.clock.advance(3_000);
	expect(maya.room.view().mediaReady).toBe(false);
	liam.room.say('chat works');
	await lesson.clock.advance(100);
	expect(maya.room.view().chat).toHaveLength(1);
	lesson.exchange.setUp(true);
	await lesson.clock.advance(500);
	expect(maya.room.view().mediaReady).toBe(true);
});

test('[T4] a call that shows nothing, or breaks, is made again', async () => {
	const { clock, exchange, maya } = await liveLesson();
	exchange.blocked = true;
	exchange.made[0]?.fail();
	await clock.advance(2_000);
	expect(personIn(maya.room, LIAM)?.call).toBe('connecting');
	exchange.blocked = false;
	await clock.advance(30_000);
	expect(personIn(maya.room, LIAM)?.call).toBe('connected');
	expect(exchange.running()).toHaveLength(1);
});

test('[T3] what is said while away arrives once, in order', async () => {
	const { clock, maya, liam } = await liveLesson();
	liam.link.loseAnswers = true;
	liam.room.say('one');
	await clock.advance(10);
	liam.link.cut();
	liam.link.loseAnswers = false;
	liam.room.say('two');
	maya.room.say('between');
	await clock.advance(5_000);
	expect(liam.room.view().chat.map(({ state }) => state)).toContain('sending');
	liam.link.restore();
	await clock.advance(5_000);
	const expected = ['one', 'between', 'two'];
	for (const { room } of [maya, liam]) expect(room.view().chat.map(({ text }) => text)).toEqual(expected);
	expect(liam.room.view().chat.every(({ state }) => state === 'sent')).toBe(true);
});

test('[K10] after a restored backup every page shows the log that holds now, and says so', async () => {
	const { clock, server, maya, liam } = await liveLesson();
	for (const text of ['one', 'two', 'three']) maya.room.say(text);
	await clock.advance(100);
	maya.link.cut();
	liam.link.cut();
	liam.room.say('four');
	server.log.splice(server.log.findIndex((entry) => entry.type === 'chat.message') + 1);
	for (const page of [maya, liam]) page.link.restore();
	await clock.advance(6_000);
	for (const { room } of [maya, liam]) {
		expect(room.view().chat.map(({ text, state }) => [text, state])).toEqual([
			['one', 'sent'],
			['four', 'sent']
		]);
		expect(texts(room.view().notices)).toContain(
			'The server was restored from a backup. What was written after it may be gone.'
		);
		expect(room.view().phase).toEqual({ name: 'inRoom' });
	}
});

test('[X1] a refused message says why and can be tried again', async () => {
	const { clock, server, liam } = await liveLesson();
	server.refuseSay = 'bad-input';
	liam.room.say('x');
	await clock.advance(50);
	const [failed] = liam.room.view().chat;
	expect(failed).toMatchObject({ state: 'failed', error: 'Refused: bad-input' });
	server.refuseSay = null;
	liam.room.retryMessage(failed?.id ?? '');
	await clock.advance(50);
	expect(liam.room.view().chat).toMatchObject([{ text: 'x', state: 'sent', error: null }]);
});

test('[F9] a session that is missed while the lobby is open says so', async () => {
	const { clock, server, enter } = fakeLesson();
	const liam = enter(LIAM);
	await clock.advance(60 * 60_000);
	server.session = { ...server.session, status: 'missed' };
	await clock.advance(10_000);
	expect(liam.room.view().phase).toEqual({ name: 'over' });
});

test('[T4] a silent call is called anew beside it, and the old one kept until the new one shows media', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	exchange.cutPath(true);
	await clock.advance(2_900);
	for (const [room, other] of [
		[maya.room, LIAM],
		[liam.room, MAYA]
	] as const) {
		expect(personIn(room, other)).toMatchObject({ call: 'connected', trouble: 'retrying' });
		expect(room.view().health).toMatchObject({ name: 'media', side: 'path', userIds: [other.userId] });
		expect(texts(room.view().notices)).toContain('Network issue, retrying media');
	}
	expect(exchange.made.map((call) => call.closed)).toEqual([false, false]);
	await clock.advance(1_000);
	expect(personIn(maya.room, LIAM)?.trouble).toBe('reconnecting');
	exchange.cutPath(false);
	await clock.advance(150);
	expect(personIn(maya.room, LIAM)).toMatchObject({ call: 'connected', trouble: null });
	expect(personIn(liam.room, MAYA)).toMatchObject({ call: 'connected', trouble: null });
	expect(exchange.running()).toHaveLength(1);
	expect(exchange.running()[0]).toBe(exchange.made.at(-1));
	await clock.advance(1_500);
	expect(maya.room.view().health.name).toBe('fine');
	expect(texts(maya.room.view().notices).slice(-2)).toEqual([
		'Network issue, retrying media',
		'Sound and picture are back'
	]);
});

test('[T4] tries do not end while the path is away, and one call is left in the end', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	exchange.cutPath(true);
	await clock.advance(10 * 60_000);
	expect(exchange.made.length).toBeGreaterThan(50);
	expect(exchange.made.filter((call) => !call.closed).length).toBeLessThanOrEqual(2);
	exchange.cutPath(false);
	await clock.advance(500);
	for (const { room } of [maya, liam]) expect(room.view().health.name).toBe('fine');
	expect(exchange.running()).toHaveLength(1);
});

test('[T4] [N4] without the PeerServer the new call is set up over our own socket', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	exchange.setUp(false);
	await clock.advance(100);
	expect(maya.room.view().health.name).toBe('peerServer');
	exchange.cutPath(true);
	await clock.advance(3_000);
	exchange.cutPath(false);
	await clock.advance(500);
	expect(liam.link.asked.signal).toBeUndefined();
	expect(maya.link.asked.signal).toBe(1);
	expect(exchange.running()).toHaveLength(1);
	expect(exchange.running()[0]).toMatchObject({ from: 'a seat', number: 2 });
	for (const { room } of [maya, liam]) expect(room.view().health.name).toBe('peerServer');
	// Its return changes nothing.
	exchange.setUp(true);
	await clock.advance(5_000);
	expect(exchange.made).toHaveLength(2);
});

test('[N6] one direction alone is noticed where nothing arrives, and repaired from there', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	// Maya calls by rule, but only Liam hears nothing.
	exchange.made[0]?.other?.setSilent(true);
	await clock.advance(2_900);
	expect(personIn(liam.room, MAYA)?.trouble).toBe('retrying');
	expect(personIn(maya.room, LIAM)?.trouble).toBe(null);
	await clock.advance(1_000);
	expect(personIn(liam.room, MAYA)?.trouble).toBe(null);
	expect(exchange.made.at(-1)).toMatchObject({ number: 2 });
	expect(exchange.running()).toHaveLength(1);
});

test('[T7] offline says the browser, or that nothing at all gets through; it goes on by itself', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	liam.network.setOnline(false);
	await clock.advance(20);
	expect(liam.room.view().health).toMatchObject({ name: 'offline' });
	liam.network.setOnline(true);
	liam.link.cut();
	await clock.advance(20);
	expect(liam.room.view().health).toMatchObject({ name: 'socket', side: 'server', works: { call: true } });
	expect(personIn(maya.room, LIAM)?.trouble).toBe('reconnecting');
	expect(maya.room.view().health).toMatchObject({ name: 'away', userIds: ['liam'] });
	exchange.cutPath(true);
	await clock.advance(3_000);
	expect(liam.room.view().health).toMatchObject({ name: 'offline', works: { chat: false, call: false } });
	exchange.cutPath(false);
	liam.link.restore();
	await clock.advance(2_000);
	for (const { room } of [maya, liam]) expect(room.view().health.name).toBe('fine');
	expect(exchange.running()).toHaveLength(1);
	expect(texts(liam.room.view().notices)).toContain('Connected again');
	expect(texts(maya.room.view().notices)).toContain('Liam Chen is back');
});

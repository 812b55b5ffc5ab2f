import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AISHA, fakeLesson, LIAM, liveLesson, MAYA, personIn } from '../fakes/fakeLesson.ts';
import { handPlaces, handWords } from './hands.ts';

const texts = (room: { view(): { notices: { text: string }[] } }) =>
	room.view().notices.map((notice) => notice.text);

test('[C2] who is muted by the mentor is told, can unmute themselves, and the mentor hears what became of it', async () => {
	const { clock, maya, liam } = await liveLesson();
	await liam.room.turnOnDevices();
	await clock.advance(100);
	expect(personIn(maya.room, LIAM)?.media.microphone).toBe(true);
	await maya.room.hosting.ask('mute', LIAM.userId);
	await clock.advance(500);
	expect(personIn(maya.room, LIAM)?.media).toMatchObject({ microphone: false, camera: true });
	expect(texts(liam.room)).toContain('Maya muted you. You can unmute yourself.');
	expect(texts(maya.room)).toContain('Liam Chen is muted');
	await liam.room.setMicrophone(true);
	await clock.advance(100);
	expect(personIn(maya.room, LIAM)?.media.microphone).toBe(true);
});

test('[C2] for everybody: microphones and hands, and nothing is said to those whom it does not concern', async () => {
	const { clock, enter, maya, liam } = await liveLesson();
	const aisha = enter(AISHA);
	await clock.advance(100);
	aisha.room.join();
	await liam.room.turnOnDevices();
	aisha.room.raiseHand(true);
	await clock.advance(1_000);
	liam.room.raiseHand(true);
	await clock.advance(100);
	expect([...handPlaces(maya.room.view().people)]).toEqual([
		[AISHA.userId, 1],
		[LIAM.userId, 2]
	]);
	await maya.room.hosting.ask('mute', null);
	await maya.room.hosting.ask('lowerHand', null);
	await clock.advance(500);
	expect(maya.room.view().people.some((one) => one.handRaised || one.media.microphone)).toBe(false);
	expect(texts(aisha.room)).toEqual(['Maya lowered your hand']);
	expect(texts(maya.room)).toEqual(expect.arrayContaining(['Everybody else is muted', 'All hands are down']));
});

test('[C2] a request that does not get through is told, and not made again by itself', async () => {
	const { clock, maya, liam } = await liveLesson();
	await liam.room.turnOnDevices();
	await clock.advance(100);
	maya.link.loseAnswers = true;
	liam.link.cut();
	await clock.advance(50);
	await maya.room.hosting.ask('mute', LIAM.userId);
	expect(texts(maya.room)).toContain('That did not get through. Please try again.');
	maya.link.loseAnswers = false;
	await maya.room.hosting.ask('mute', LIAM.userId);
	await clock.advance(4_000);
	expect(texts(maya.room)).toContain('Liam Chen’s microphone is still on');
});

test('[C2] whoever is removed is out at once, waits, and comes back by themselves when let in', async () => {
	const { clock, maya, liam, server } = await liveLesson();
	await liam.room.turnOnDevices();
	await clock.advance(500);
	await maya.room.hosting.remove(LIAM.userId);
	await clock.advance(500);
	expect(liam.room.view().phase).toEqual({ name: 'removed' });
	expect(liam.devices.made.every((track) => track.readyState === 'ended')).toBe(true);
	expect(personIn(maya.room, LIAM)).toBeUndefined();
	expect(maya.room.view().removed).toEqual([LIAM]);
	expect(texts(maya.room)).toContain('Liam Chen was removed from the session');
	maya.room.say('They do not read this yet');
	await clock.advance(20_000);
	expect(liam.room.view().phase).toEqual({ name: 'removed' });
	expect(liam.room.view().chat).toEqual([]);

	await maya.room.hosting.readmit(LIAM.userId);
	await clock.advance(6_000);
	expect(liam.room.view().phase).toEqual({ name: 'inRoom' });
	expect(liam.room.view().chat.map(({ text }) => text)).toEqual(['They do not read this yet']);
	expect(personIn(maya.room, LIAM)?.call).toBe('connected');
	expect(maya.room.view().removed).toEqual([]);
	expect(server.log.filter(({ type }) => type.startsWith('learner.re'))).toHaveLength(2);
	// Nobody comes in heard or seen who does not know it.
	expect(liam.room.view().media).toMatchObject({ microphone: false, camera: false });
});

test('[C2] whoever was removed finds the same page after a reload, and the end of the lesson there', async () => {
	const { clock, enter, maya, liam } = await liveLesson();
	await maya.room.hosting.remove(LIAM.userId);
	liam.room.close();
	const again = enter(LIAM, liam.storage);
	await clock.advance(500);
	expect(again.room.view().phase).toEqual({ name: 'removed' });
	await maya.room.end();
	await clock.advance(6_000);
	expect(again.room.view().phase.name).toBe('ended');
});

test('[C2] whoever finds the room full sees who is there and comes in by themselves, unheard and unseen', async () => {
	const lesson = fakeLesson();
	lesson.server.capacity = 2;
	const maya = lesson.enter(MAYA);
	const liam = lesson.enter(LIAM);
	await lesson.clock.advance(100);
	const aisha = lesson.enter(AISHA);
	await lesson.clock.advance(100);
	expect(aisha.room.view().phase).toEqual({ name: 'full' });
	expect(aisha.room.view().people.map(({ name }) => name)).toEqual([MAYA.name, LIAM.name]);
	await maya.room.start();
	await lesson.clock.advance(5_000);
	expect(aisha.room.view().phase).toEqual({ name: 'full' });
	liam.room.leave();
	await lesson.clock.advance(500);
	expect(aisha.room.view().phase).toEqual({ name: 'inRoom' });
	expect(aisha.room.view().media).toMatchObject({ microphone: false, camera: false });
	expect(texts(aisha.room)).toContain('A place is free: you are in, with microphone and camera off.');
});

test('[M3] reactions show for some seconds on both sides, a handful at a time', async () => {
	const { clock, maya, liam } = await liveLesson();
	for (let nth = 0; nth < 20; nth += 1) liam.room.react('clap');
	await clock.advance(100);
	for (const { room } of [maya, liam]) {
		const { reactions } = room.view();
		expect(reactions).toHaveLength(6);
		expect(reactions[0]).toMatchObject({ userId: LIAM.userId, reaction: 'clap' });
	}
	expect(liam.link.asked.react).toBe(6);
	await clock.advance(4_000);
	expect(maya.room.view().reactions).toEqual([]);
});

test('[M1] places in line are given by the time at which hands went up, each once', () => {
	const person = fc.record({
		userId: fc.string(),
		handRaised: fc.boolean(),
		handRaisedAt: fc.option(fc.nat()),
		arrival: fc.nat()
	});
	fc.assert(
		fc.property(fc.uniqueArray(person, { selector: ({ userId }) => userId }), (people) => {
			const places = handPlaces(people);
			expect([...places.keys()].sort()).toEqual(
				people.flatMap(({ userId, handRaised }) => (handRaised ? [userId] : [])).sort()
			);
			expect([...places.values()]).toEqual([...places.keys()].map((_, nth) => nth + 1));
		})
	);
	expect(handWords(1)).toBe('Hand raised, first in line');
	expect(handWords(12)).toBe('Hand raised, number 12 in line');
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCalendar } from '../../../../tests/support/mailServer.ts';
import { planLesson, STARTS_AT, type Lesson } from '../sessions/lessonFixture.ts';
import { createCalendarFeeds, type CalendarFeeds } from './calendarFeeds.ts';

const DAY = 86_400_000;

let lesson: Lesson;
let feeds: CalendarFeeds;

beforeEach(async () => {
	lesson = await planLesson();
	feeds = createCalendarFeeds({
		...{ store: lesson.store, secret: 'a-secret-of-this-server', now: lesson.time.now },
		origin: () => 'https://learn.example.org'
	});
});
afterEach(() => lesson.close());

/** The last part of somebody's address. */
async function addressOf(userId: string): Promise<string> {
	const feed = await feeds.addressOf(userId);
	return /^https:\/\/learn\.example\.org\/calendar\/feed\/([^/?]+)\.ics$/.exec(feed!.url)![1]!;
}

async function cancel(): Promise<void> {
	const { sessions } = lesson.store.tables;
	const cancelledAt = new Date(lesson.time.now());
	await lesson.store.transact(function* (tx) {
		yield tx
			.update(sessions)
			.set({ status: 'cancelled', cancelledAt, calendarSequence: 1 })
			.returning({ id: sessions.id });
	});
}

describe('[A3] the private calendar', () => {
	test('holds all sessions of its owner and nobody else’s', async () => {
		await lesson.planAnother();
		const { calendar } = (await feeds.read(await addressOf('liam')))!;
		const { method, events } = readCalendar(calendar);
		expect(method).toBe('PUBLISH');
		expect(events).toHaveLength(2);
		expect(events[0]).toMatchObject({ summary: 'Fractions', sequence: 0 });
		expect(events[0]?.startDate.toJSDate().getTime()).toBe(STARTS_AT);
		expect(events[0]?.component.getFirstPropertyValue('url')).toMatch(/\/session\//);
		// Nobody's address: it is read by a service that was given one link.
		expect(calendar).not.toContain('@x.test');
		expect(readCalendar((await feeds.read(await addressOf('omar')))!.calendar).events).toEqual([]);
	});

	test('is the same text, with the same ETag, until something changes', async () => {
		const address = await addressOf('liam');
		const before = await feeds.read(address);
		await lesson.time.advance(DAY);
		expect(await feeds.read(address)).toEqual(before);
		await cancel();
		expect((await feeds.read(address))?.etag).not.toBe(before?.etag);
	});

	test('tells of a cancelled session for a month, under its name', async () => {
		const address = await addressOf('liam');
		const { events: planned } = readCalendar((await feeds.read(address))!.calendar);
		await cancel();
		const [event] = readCalendar((await feeds.read(address))!.calendar).events;
		expect(event).toMatchObject({ uid: planned[0]?.uid, sequence: 1 });
		expect(event?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
		await lesson.time.advance(31 * DAY);
		expect(readCalendar((await feeds.read(address))!.calendar).events).toEqual([]);
	});

	test('[S1] opens for its address alone, and for no guess', async () => {
		const address = await addressOf('liam');
		const [owner, proof] = address.split('~') as [string, string];
		for (const guess of [
			`maya~${proof}`,
			`${owner}~`,
			owner,
			'',
			'~',
			`${owner}~${proof}x`,
			`${owner}~${'A'.repeat(43)}`
		])
			expect(await feeds.read(guess)).toBeNull();
		const elsewhere = createCalendarFeeds({
			...{ store: lesson.store, secret: 'another-secret', now: lesson.time.now },
			origin: () => 'https://learn.example.org'
		});
		expect(await elsewhere.read(address)).toBeNull();
	});

	test('gets a new address once for each wish, and the old one finds nothing', async () => {
		const old = await addressOf('liam');
		const { version } = (await feeds.addressOf('liam'))!;
		await feeds.renew('liam', version);
		await feeds.renew('liam', version);
		expect((await feeds.addressOf('liam'))?.version).toBe(version + 1);
		expect(await feeds.read(old)).toBeNull();
		expect(await feeds.read(await addressOf('liam'))).not.toBeNull();
		expect(await feeds.read(await addressOf('maya'))).not.toBeNull();
	});
});

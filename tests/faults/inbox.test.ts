import { expect, onTestFinished, test } from 'vitest';
import { trpcInboxLink } from '../../src/lib/inbox/adapters/trpcInboxLink.ts';
import { createInbox } from '../../src/lib/inbox/createInbox.ts';
import { browserClock } from '../../src/lib/room/adapters/browserClock.ts';
import { fakeStorage } from '../../src/lib/room/fakes/fakeStorage.ts';
import { createBus } from '../../src/lib/server/bus/bus.ts';
import { createNotifications } from '../../src/lib/server/notifications/notificationsService.ts';
import type { Visitor } from '../support/crashingServer.ts';
import { fullLesson } from '../support/fullLesson.ts';
import { inPage } from '../support/nodePage.ts';
import { until } from '../support/until.ts';

/** A page without a room, without a browser: the product's own inbox and socket. */
function openInboxPage(url: string, person: Visitor) {
	const clock = browserClock();
	const page = { told: [] as string[], stale: [] as string[], unread: [] as number[] };
	const inbox = createInbox({
		link: inPage(url, person, () => trpcInboxLink({ csrf: person.csrf, clock })),
		...{ clock, storage: fakeStorage(), userId: person.id },
		looking: { isVisible: () => true, onVisible: () => () => undefined },
		onUnread: (unread) => page.unread.push(unread),
		onNewest: () => undefined,
		onStale: (stale) => page.stale.push(stale.sort().join(' ')),
		onNews: (news) => page.told.push(...news.map(({ kind, payload }) => `${kind} ${payload.title}`)),
		onSignedOut: () => undefined
	});
	onTestFinished(inbox.close);
	return { ...page, inbox };
}

const EVERYTHING = 'earnings notifications sessions';

test('[F5] [F7] [K1] over crashes a page is told once of what came meanwhile, and reads everything else anew', async () => {
	const { server, pages, roomCode, everybody } = await fullLesson();
	const learner = everybody[1]!;
	const page = openInboxPage(server.url, learner);
	await until(() => expect(page.stale).toEqual([EVERYTHING]));

	await server.kill();
	await server.atStore(async (store) => {
		const notifications = createNotifications({ store, bus: createBus(() => undefined), now: Date.now });
		for (const title of ['One', 'Two'])
			await notifications.add([
				{ userId: learner.id, kind: 'session-missed', uniqueKey: title, payload: { roomCode, title } }
			]);
	});
	await server.start();
	await until(() => expect(page.told).toEqual(['session-missed One', 'session-missed Two']));
	await until(() => expect(page.stale.filter((each) => each === EVERYTHING)).toHaveLength(2));
	await until(() => expect(page.unread.at(-1)).toBe(2));

	// Asked while nobody answers, done when somebody does.
	await server.kill();
	const read = page.inbox.markRead({ upTo: 1_000 });
	await server.start();
	await read;
	await until(() => expect(page.unread.at(-1)).toBe(0));
	await pages[0]!.link.end();
	await until(() => expect(page.told.slice(2)).toEqual([expect.stringMatching(/^session-ended /)]));
	expect(server.output()).toBe('');
});

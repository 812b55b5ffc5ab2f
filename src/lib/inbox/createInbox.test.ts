import { beforeEach, describe, expect, test } from 'vitest';
import { fakeClock, settled, type FakeClock } from '../room/fakes/fakeClock.ts';
import { fakeStorage } from '../room/fakes/fakeStorage.ts';
import type { LinkFailure } from '../room/ports.ts';
import type { Notification, NotificationNews, Nudge } from '../shared/notification.ts';
import { createInbox, type Inbox } from './createInbox.ts';
import type { InboxLink } from './inboxLink.ts';

let clock: FakeClock;
let storage: ReturnType<typeof fakeStorage>;

beforeEach(() => {
	clock = fakeClock();
	storage = fakeStorage();
});

function notification(seq: number, readAt: number | null = null): Notification {
	const payload = { roomCode: 'room', title: 'Fractions' };
	return { id: `n${seq}`, seq, kind: 'rating-reminder', payload, createdAt: 0, readAt };
}

/** A page of a browser, whose socket the test holds. Pages of one browser share the storage. */
function openPage() {
	const page = {
		visible: true,
		told: [] as number[][],
		stale: [] as string[],
		unread: [] as number[],
		newest: 0,
		asked: [] as string[],
		failures: [] as LinkFailure[],
		isClosed: false,
		signedOut: 0,
		news: (_news: NotificationNews): void => undefined,
		nudge: (_nudge: Nudge): void => undefined,
		refuse: (): void => undefined,
		look: (): void => undefined,
		inbox: null as unknown as Inbox,
		tell(unread: number, ...notifications: Notification[]) {
			page.news({ unread, notifications });
		}
	};
	async function ask(what: string): Promise<void> {
		page.asked.push(what);
		const failure = page.failures.shift();
		if (failure) throw failure;
	}
	const link: InboxLink = {
		followNews(onNews, onRefused) {
			page.news = onNews;
			page.refuse = onRefused;
			return () => (page.news = () => undefined);
		},
		followNudges(onNudge) {
			page.nudge = onNudge;
			return () => (page.nudge = () => undefined);
		},
		newest: async () => ({ notifications: [], older: false, serverNow: 0 }),
		markRead: (which) => ask(`read ${JSON.stringify(which)}`),
		setChoice: (kind, wanted) => ask(`${kind} ${wanted}`),
		close: () => (page.isClosed = true)
	};
	page.inbox = createInbox({
		...{ link, clock, storage, userId: 'liam' },
		looking: {
			isVisible: () => page.visible,
			onVisible(listener) {
				page.look = listener;
				return () => (page.look = () => undefined);
			}
		},
		onUnread: (unread) => page.unread.push(unread),
		onNewest: () => (page.newest += 1),
		onStale: (stale) => page.stale.push(stale.join(' ')),
		onNews: (news) => page.told.push(news.map(({ seq }) => seq)),
		onSignedOut: () => (page.signedOut += 1)
	});
	return page;
}

describe('what arrives', () => {
	test('[F5] several at once are said once, and the count is there at once', async () => {
		const page = openPage();
		page.tell(1, notification(1));
		page.tell(3, notification(2), notification(3));
		expect(page.unread).toEqual([1, 3]);
		await clock.advance(1_000);
		expect(page.told).toEqual([[1, 2, 3]]);
		expect(page.stale).toEqual(['notifications']);
		expect(page.newest).toBe(1);
	});

	test('[F5] what was read elsewhere meanwhile is not said', async () => {
		const page = openPage();
		page.tell(0, notification(1, 5));
		page.tell(1, notification(2));
		page.nudge({ type: 'inbox', unread: 0 });
		await clock.advance(1_000);
		expect(page.told).toEqual([]);
		expect(page.unread.at(-1)).toBe(0);
	});

	test('[F7] nudges say what is to be read anew, together where they come together', async () => {
		const page = openPage();
		page.nudge({ type: 'sessions' });
		page.nudge({ type: 'earnings' });
		page.nudge({ type: 'sessions' });
		await clock.advance(100);
		expect(page.stale).toEqual(['sessions earnings']);
		page.nudge({ type: 'sessions' });
		await clock.advance(100);
		expect(page.stale).toEqual(['sessions earnings', 'sessions']);
		expect(page.newest).toBe(0);
	});

	test('[F7] each connection begins with reading everything anew: nudges before it were missed', async () => {
		const page = openPage();
		page.nudge({ type: 'standing', unread: 4 });
		await clock.advance(100);
		expect(page.stale).toEqual(['sessions earnings notifications']);
		expect(page.unread).toEqual([4]);
	});

	test('[F5] of several tabs only the one that is looked at says it, and no other one later', async () => {
		const [shown, hidden] = [openPage(), openPage()];
		hidden.visible = false;
		for (const page of [shown, hidden]) page.tell(1, notification(1));
		await clock.advance(1_000);
		expect([shown.told, hidden.told]).toEqual([[[1]], []]);
		hidden.visible = true;
		hidden.look();
		await clock.advance(1_000);
		expect(hidden.told).toEqual([]);
		expect(hidden.unread).toEqual([1]);
	});

	test('[F5] what comes while nobody looks is said when somebody does', async () => {
		const page = openPage();
		page.visible = false;
		page.tell(1, notification(1));
		await clock.advance(60_000);
		page.tell(2, notification(2));
		await clock.advance(60_000);
		expect(page.told).toEqual([]);
		page.visible = true;
		page.look();
		expect(page.told).toEqual([[1, 2]]);
	});
});

describe('what is sent', () => {
	test('[F5] is repeated over short losses', async () => {
		const page = openPage();
		page.failures.push({ kind: 'lost' }, { kind: 'refused', reason: 'internal', message: '' });
		const done = page.inbox.markRead({ upTo: 7 });
		await clock.advance(10_000);
		await done;
		expect(page.asked).toEqual(Array.from({ length: 3 }, () => 'read {"upTo":7}'));
	});

	test('[F5] what is refused, or fails for long, is said to have failed', async () => {
		const page = openPage();
		page.failures.push({ kind: 'refused', reason: 'bad-input', message: '' });
		await expect(page.inbox.setChoice('material-added', false)).rejects.toMatchObject({
			reason: 'bad-input'
		});
		page.failures.push(...Array.from({ length: 10 }, (): LinkFailure => ({ kind: 'lost' })));
		const outcome = page.inbox.markRead({ ids: ['a'] }).catch((failure: LinkFailure) => failure.kind);
		await clock.advance(60_000);
		expect(await outcome).toBe('lost');
	});
});

test('[S2] signed out: the socket is closed, the page is told once, and nothing is tried or told any more', async () => {
	const page = openPage();
	page.tell(1, notification(1));
	page.refuse();
	page.refuse();
	await settled();
	await clock.advance(10_000);
	expect([page.isClosed, page.signedOut]).toEqual([true, 1]);
	expect([page.told, page.stale, page.newest]).toEqual([[], [], 0]);
});

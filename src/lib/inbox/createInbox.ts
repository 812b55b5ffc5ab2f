import type { Clock, LinkFailure, Stop, Storage } from '../room/ports.ts';
import { requestRetry } from '../room/retryPolicy.ts';
import type {
	Notification,
	NotificationNews,
	NotificationPage,
	Nudge,
	OptionalKind,
	ReadNotifications
} from '../shared/notification.ts';
import type { InboxLink } from './inboxLink.ts';

/** What on a page is not up to date any more. */
export type Stale = 'sessions' | 'earnings' | 'notifications';

/** What arrives together is told together, ms: an ended lesson brings several things at once. */
const STALE_TOGETHER = 100;
const NEWS_TOGETHER = 500;
/** How often a change is sent before it is given up. */
const TRIES = 6;

/** Whether somebody looks at the page. */
export interface Looking {
	isVisible(): boolean;
	onVisible(listener: () => void): Stop;
}

/** What a person is told while they are on a page without a room. */
export interface Inbox {
	/** Repeated over short losses; rejects with a `LinkFailure`. */
	markRead(which: ReadNotifications): Promise<void>;
	/** As `markRead`. */
	setChoice(kind: OptionalKind, wanted: boolean): Promise<void>;
	close(): void;
}

/**
 * Follows a person's notifications and nudges. A page that was cut off learns with its next connection what it
 * missed: the notifications themselves, and that everything else is to be read anew.
 */
export function createInbox(deps: {
	link: InboxLink;
	clock: Clock;
	storage: Storage;
	looking: Looking;
	userId: string;
	/** How many are unread, at most `UNREAD_COUNTED`. */
	onUnread: (unread: number) => void;
	/** The newest ones, whenever one came or was read. */
	onNewest: (newest: NotificationPage) => void;
	onStale: (stale: Stale[]) => void;
	/** New ones to be said, oldest first; each on one of the tabs of this browser only, and while somebody looks. */
	onNews: (news: Notification[]) => void;
	/** Nobody is signed in here any more, or somebody else: what the page shows is not theirs. Once, and the last word. */
	onSignedOut: () => void;
}): Inbox {
	const { link, clock, storage, looking } = deps;
	/** The last place that was said on some tab of this browser. */
	const saidKey = `inbox-said:${deps.userId}`;
	const stale = new Set<Stale>();
	let unsaid: Notification[] = [];
	let toSay: Stop | null = null;
	let closed = false;

	function spoil(...these: Stale[]): void {
		if (stale.size === 0) {
			clock.after(STALE_TOGETHER, () => {
				const told = [...stale];
				stale.clear();
				if (closed) return;
				deps.onStale(told);
				if (told.includes('notifications')) readNewest();
			});
		}
		for (const each of these) stale.add(each);
	}

	function readNewest(): void {
		// Unanswered it is asked again after the next connection, which begins with `standing`.
		link.newest().then(
			(newest) => !closed && deps.onNewest(newest),
			() => undefined
		);
	}

	function hearNews({ notifications, unread }: NotificationNews): void {
		deps.onUnread(unread);
		if (notifications.length === 0) return;
		spoil('notifications');
		unsaid.push(...notifications.filter(({ readAt }) => readAt === null));
		toSay ??= clock.after(NEWS_TOGETHER, say);
	}

	function hearNudge(nudge: Nudge): void {
		if (nudge.type === 'sessions' || nudge.type === 'earnings') return spoil(nudge.type);
		deps.onUnread(nudge.unread);
		if (nudge.unread === 0) unsaid = [];
		if (nudge.type === 'standing') spoil('sessions', 'earnings', 'notifications');
		else spoil('notifications');
	}

	function say(): void {
		toSay = null;
		if (closed || unsaid.length === 0 || !looking.isVisible()) return;
		const said = Number(storage.read(saidKey) ?? 0);
		const news = unsaid.filter(({ seq }) => seq > said);
		unsaid = [];
		if (news.length === 0) return;
		storage.write(saidKey, String(news.at(-1)!.seq));
		deps.onNews(news);
	}

	/** What is asked may be repeated: it changes nothing the second time. */
	async function insist(ask: () => Promise<void>): Promise<void> {
		for (let attempt = 0; ; attempt += 1) {
			try {
				return await ask();
			} catch (failure) {
				if (closed || attempt + 1 >= TRIES || !mayPass(failure as LinkFailure)) throw failure;
				await new Promise<void>((resolve) => void clock.after(requestRetry(attempt), resolve));
			}
		}
	}

	function close(): void {
		if (closed) return;
		closed = true;
		stops.forEach((stop) => stop());
		toSay?.();
		link.close();
	}

	/** There is nothing to wait for until a page is loaded anew. */
	function refused(): void {
		if (closed) return;
		close();
		deps.onSignedOut();
	}

	const stops: Stop[] = [];
	stops.push(
		looking.onVisible(say),
		link.followNews(hearNews, refused),
		link.followNudges(hearNudge, refused)
	);
	return {
		markRead: (which) => insist(() => link.markRead(which)),
		setChoice: (kind, wanted) => insist(() => link.setChoice(kind, wanted)),
		close
	};
}

function mayPass(failure: LinkFailure): boolean {
	return failure.kind === 'lost' || failure.reason === 'internal' || failure.reason === 'too-many';
}

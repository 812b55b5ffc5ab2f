import { goto } from '$app/navigation';
import type { Inbox, Stale } from '../inbox/createInbox.ts';
import type {
	Notification,
	NotificationPage,
	OptionalKind,
	ReadNotifications
} from '../shared/notification.ts';
import { newsWords } from '../shared/notificationWords.ts';
import { REFUSALS } from '../shared/refusals.ts';
import { readAllAnew, readAnew } from './readAnew.ts';
import { toast } from './toasts.svelte.ts';

/** A page that is left for another one keeps the connection this long, ms. */
const KEPT = 1_000;
/** Nothing is connected before a page had so long to become idle, ms. */
const IDLE_AT_LATEST = 3_000;
/** Until what could not be loaded is tried again, ms. */
const LOAD_AGAIN = 30_000;
/** A page that signs out by itself is left in this time, and needs nobody to lead it, ms. */
const OWN_WAY_OUT = 500;
/** A sentence for screen readers stays this long, ms. */
const SPOKEN = 6_000;

interface Person {
	userId: string;
	csrf: string;
}
interface Opened extends Person {
	/** Headers that show the bell: one, none while pages change. */
	bells: number;
	inbox: Promise<Inbox> | null;
	closed: boolean;
}

/** One a browser window; nothing of it runs on the server. */
let opened: Opened | null = null;
let unread = $state<number | null>(null);
let newest = $state.raw<NotificationPage | null>(null);
let spoken = $state('');

/** Loaded when it is first needed: no page waits for its connection. */
function load(into: Opened): Promise<Inbox> {
	into.inbox ??= import('../inbox/openInbox.ts').then(
		({ openInbox }) => {
			const inbox = openInbox({
				userId: into.userId,
				csrf: into.csrf,
				onUnread: (now) => (unread = now),
				onNewest: (now) => (newest = now),
				onStale: refresh,
				onNews: tell,
				onSignedOut: () => setTimeout(() => leave(into), OWN_WAY_OUT)
			});
			if (into.closed) inbox.close();
			return inbox;
		},
		(error: unknown) => {
			into.inbox = null;
			setTimeout(() => !into.closed && load(into).catch(() => undefined), LOAD_AGAIN);
			throw error;
		}
	);
	return into.inbox;
}

/** Only the parts of the page that say that they depend on it are read anew. */
function refresh(stale: Stale[]): void {
	for (const what of stale) void readAnew(what);
}

/**
 * What a page shows is not for whoever finds it after a sign-out elsewhere (spec S2). What somebody is filling in is
 * not taken from them: they are told where to sign in.
 */
function leave(from: Opened): void {
	if (from !== opened || from.bells === 0) return;
	if (typedAt !== location.href) return void readAllAnew();
	toast(REFUSALS['signed-out'], {
		duration: 60_000,
		action: { label: 'Sign in', onClick: () => void window.open('/login', '_blank', 'noopener') }
	});
}

/** Where something was typed into a form last. A password alone is nothing to be kept. */
let typedAt: string | null = null;

function noteTyping({ target }: Event): void {
	if (target instanceof Element && target.matches('main form :not([type="password"])'))
		typedAt = location.href;
}

function close(): void {
	const closing = opened;
	opened = null;
	unread = null;
	newest = null;
	if (!closing) return;
	closing.closed = true;
	closing.inbox?.then(
		(inbox) => inbox.close(),
		() => undefined
	);
}

function whenIdle(run: () => void): void {
	// Safari does not know it.
	if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: IDLE_AT_LATEST });
	else setTimeout(run, IDLE_AT_LATEST / 3);
}

/** One toast and one sentence, however many came. No toast over the bell, while somebody is there. */
function tell(news: Notification[]): void {
	const { title, text, href } = newsWords(news);
	say(`${title}. ${text}`);
	if (document.activeElement?.closest('[data-inbox]')) return;
	toast(title, {
		description: text,
		quiet: true,
		duration: 8_000,
		action: { label: 'Open', onClick: () => open(news, href) }
	});
}

/** Whoever follows a single one has read it; several are listed where one is led. */
function open(news: readonly Notification[], href: string): void {
	const [only] = news;
	if (only && news.length === 1) inbox.markRead({ ids: [only.id] }).catch(() => undefined);
	void goto(href);
}

/** For screen readers. */
function say(sentence: string): void {
	spoken = sentence;
	setTimeout(() => {
		if (spoken === sentence) spoken = '';
	}, SPOKEN);
}

async function current(): Promise<Inbox> {
	if (!opened) throw new Error('Nobody is signed in on this page.');
	return load(opened);
}

/** The inbox of this browser window, for the bell and for pages that show notifications. In the browser only. */
export const inbox = {
	/** As it is now; null until the connection is there, when what came with the page holds. */
	get unread() {
		return unread;
	},
	/** As `unread`. */
	get newest() {
		return newest;
	},
	/** What a screen reader is to say. */
	get spoken() {
		return spoken;
	},
	say,
	/** As long as a bell is shown. Connects when the page is idle; other pages of the same person keep the connection. */
	attach({ userId, csrf }: Person): () => void {
		if (opened && (opened.userId !== userId || opened.csrf !== csrf)) close();
		const mine = (opened ??= { userId, csrf, bells: 0, inbox: null, closed: false });
		mine.bells += 1;
		document.addEventListener('input', noteTyping);
		whenIdle(() => !mine.closed && load(mine).catch(() => undefined));
		return () => {
			mine.bells -= 1;
			setTimeout(() => {
				if (mine === opened && mine.bells === 0) close();
			}, KEPT);
		};
	},
	/** Rejects when it could not be done. */
	markRead: async (which: ReadNotifications) => (await current()).markRead(which),
	/** As `markRead`. */
	setChoice: async (kind: OptionalKind, wanted: boolean) => (await current()).setChoice(kind, wanted)
};

import type { Stop } from '../room/ports.ts';
import type {
	NotificationNews,
	NotificationPage,
	Nudge,
	OptionalKind,
	ReadNotifications
} from '../shared/notification.ts';

/** What the inbox needs of the server. Calls reject with a `LinkFailure`. */
export interface InboxLink {
	/** Each notification once and in order, over losses of the socket; `onRefused`: nobody is signed in any more. */
	followNews(onNews: (news: NotificationNews) => void, onRefused: () => void): Stop;
	/** Begins with `standing` after each connection. */
	followNudges(onNudge: (nudge: Nudge) => void, onRefused: () => void): Stop;
	/** The newest ones as they are now. */
	newest(): Promise<NotificationPage>;
	markRead(which: ReadNotifications): Promise<void>;
	setChoice(kind: OptionalKind, wanted: boolean): Promise<void>;
	close(): void;
}

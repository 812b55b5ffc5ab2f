import type { App } from '../createApp.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { SubscriptionCount } from '../socketLimits.ts';

/** Made once for each socket: who is asking. Login and membership are checked again at each call and each message. */
export interface Context {
	app: App;
	/** As they are called now; null for those who are signed out, and from the end of their login. */
	readonly user: SignedInUser | null;
	/** Names the login to the server; null where there is none. */
	loginKey: string | null;
	/** Of this socket. */
	subscriptions: SubscriptionCount;
	/** Whether this person may call this procedure once more right now. */
	mayCall(path: string): boolean;
	/** Resolves when the reader has taken most of what was sent to it, or when `signal` aborts. */
	caughtUp(signal: AbortSignal): Promise<void>;
}

/** For callers without a socket. */
export const unlimited: Pick<Context, 'loginKey' | 'subscriptions' | 'mayCall'> = {
	loginKey: null,
	subscriptions: { begin: () => true, end: () => undefined },
	mayCall: () => true
};

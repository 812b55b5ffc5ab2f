import type { App } from '../createApp.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { SubscriptionCount } from '../socketLimits.ts';

/** Made once for each socket: who is asking. Membership is checked again at each call. */
export interface Context {
	app: App;
	user: SignedInUser | null;
	/** Of this socket. */
	subscriptions: SubscriptionCount;
	/** Whether this person may call this procedure once more right now. */
	mayCall(path: string): boolean;
	/** Resolves when the reader has taken most of what was sent to it, or when `signal` aborts. */
	caughtUp(signal: AbortSignal): Promise<void>;
}

/** For callers without a socket. */
export const unlimited: Pick<Context, 'subscriptions' | 'mayCall'> = {
	subscriptions: { begin: () => true, end: () => undefined },
	mayCall: () => true
};

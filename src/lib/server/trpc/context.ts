import type { App } from '../createApp.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';

/** Made once for each socket: who is asking. Membership is checked again at each call. */
export interface Context {
	app: App;
	user: SignedInUser | null;
	/** Resolves when the reader has taken most of what was sent to it, or when `signal` aborts. */
	caughtUp(signal: AbortSignal): Promise<void>;
}

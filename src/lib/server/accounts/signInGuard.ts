import { Refusal } from '../../shared/refusals.ts';
import { createThrottle } from './throttle.ts';

const MINUTE = 60_000;

/** Wrong passwords within a quarter of an hour: for one account, whoever tries, and from one address, whatever it tries. */
const PER_ACCOUNT = { tries: 10, within: 15 * MINUTE };
const PER_ADDRESS = { tries: 50, within: 15 * MINUTE };
/** A class that signs up together shares one address. */
const SIGN_UPS = { tries: 60, within: 60 * MINUTE };

/** Counts wrong passwords, so that they cannot be tried out (spec S5). */
export interface SignInGuard {
	/**
	 * Before a password is looked at; what it gives is called when it was right, and then the try does not count. Tries that
	 * run at once count from their beginning. Answers alike for accounts that there are and that there are not.
	 * @throws Refusal `too-many`
	 */
	beforePassword(email: string, address: string | null): () => void;
	/** @throws Refusal `too-many` */
	beforeSignUp(address: string | null): void;
	/** Somebody proved in another way that the account is theirs. */
	forgive(email: string): void;
}

/** `onThrottled` is told of each try that is refused here. */
export function createSignInGuard(now: () => number, onThrottled: () => void = () => {}): SignInGuard {
	const accounts = createThrottle(PER_ACCOUNT, now);
	const addresses = createThrottle(PER_ADDRESS, now);
	const signUps = createThrottle(SIGN_UPS, now);
	return {
		beforePassword(email, address) {
			const addressMay = address === null || addresses.take(address);
			if (!addressMay || !accounts.take(email)) {
				if (addressMay && address !== null) addresses.giveBack(address);
				onThrottled();
				throw new Refusal(
					'too-many',
					'Too many tries. Please wait a quarter of an hour, or choose a new password by mail.'
				);
			}
			return () => {
				accounts.forget(email);
				if (address !== null) addresses.giveBack(address);
			};
		},
		beforeSignUp(address) {
			if (address === null || signUps.take(address)) return;
			onThrottled();
			throw new Refusal('too-many');
		},
		forgive: (email) => accounts.forget(email)
	};
}

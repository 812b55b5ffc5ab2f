import type { Storage } from '../ports.ts';

const PREFIX = 'peerlearn:';

/** `tab:` keys in the session's storage, the others in the lasting one. Either may be full or forbidden. */
export function browserStorage(): Storage {
	const storeOf = (key: string) => (key.startsWith('tab:') ? window.sessionStorage : window.localStorage);
	return {
		read(key) {
			try {
				return storeOf(key).getItem(PREFIX + key);
			} catch {
				return null;
			}
		},
		write(key, value) {
			try {
				if (value === null) storeOf(key).removeItem(PREFIX + key);
				else storeOf(key).setItem(PREFIX + key, value);
				return true;
			} catch {
				// Forgotten: the room works without.
				return false;
			}
		},
		keys(beginning) {
			try {
				return Object.keys(storeOf(beginning)).flatMap((key) =>
					key.startsWith(PREFIX + beginning) ? key.slice(PREFIX.length) : []
				);
			} catch {
				return [];
			}
		}
	};
}

import type { Storage } from '../ports.ts';

/** Storage in memory. The same one given to a second room is a reload; `forgetTab` is a new tab. */
export interface FakeStorage extends Storage {
	forgetTab(): void;
	/** From now on there is no room for anything. */
	full: boolean;
}

export function fakeStorage(): FakeStorage {
	const kept = new Map<string, string>();
	const storage: FakeStorage = {
		full: false,
		read: (key) => kept.get(key) ?? null,
		write(key, value) {
			if (value === null) kept.delete(key);
			else if (storage.full) return false;
			else kept.set(key, value);
			return true;
		},
		keys: (beginning) => [...kept.keys()].filter((key) => key.startsWith(beginning)),
		forgetTab() {
			for (const key of [...kept.keys()]) if (key.startsWith('tab:')) kept.delete(key);
		}
	};
	return storage;
}

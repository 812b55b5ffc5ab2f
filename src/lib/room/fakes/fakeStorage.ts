import type { Storage } from '../ports.ts';

/** Storage in memory. The same one given to a second room is a reload; `forgetTab` is a new tab. */
export interface FakeStorage extends Storage {
	forgetTab(): void;
}

export function fakeStorage(): FakeStorage {
	const kept = new Map<string, string>();
	return {
		read: (key) => kept.get(key) ?? null,
		write(key, value) {
			if (value === null) kept.delete(key);
			else kept.set(key, value);
		},
		forgetTab() {
			for (const key of [...kept.keys()]) if (key.startsWith('tab:')) kept.delete(key);
		}
	};
}

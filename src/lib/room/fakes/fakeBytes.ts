import type { ByteStore } from '../ports.ts';

/** Bytes in memory. The same one given to a second page is a reload. `full`: there is no room for more. */
export function fakeBytes(): ByteStore & { readonly kept: Map<string, Blob>; full: boolean } {
	const kept = new Map<string, Blob>();
	const store = {
		kept,
		full: false,
		async write(key: string, bytes: Blob) {
			if (!store.full) kept.set(key, bytes);
			return !store.full;
		},
		read: async (key: string) => kept.get(key) ?? null,
		remove: async (key: string) => void kept.delete(key)
	};
	return store;
}

import type { ByteStore } from '../ports.ts';

/** Bytes in memory. The same one given to a second page is a reload. */
export function fakeBytes(): ByteStore & { readonly kept: Map<string, Blob> } {
	const kept = new Map<string, Blob>();
	return {
		kept,
		write: async (key, bytes) => void kept.set(key, bytes),
		read: async (key) => kept.get(key) ?? null,
		remove: async (key) => void kept.delete(key)
	};
}

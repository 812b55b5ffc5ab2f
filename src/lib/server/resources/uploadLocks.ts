import type { Locker } from '@tus/server';

/**
 * One request at a time writes to an upload, and the newest wins: whoever comes back after a lost connection must not
 * wait for the request that hangs, so that one is told to let go.
 */
export function createUploadLocks(): Locker {
	const held = new Map<string, { release: () => void; released: Promise<void>; letGo: () => unknown }>();
	return {
		newLock(id) {
			let mine: { release: () => void } | null = null;
			return {
				async lock(signal, letGo) {
					for (let other = held.get(id); other; other = held.get(id)) {
						await other.letGo();
						await other.released;
						if (signal.aborted) throw new Error('Nobody waits for this upload any more.');
					}
					let release = () => {};
					const released = new Promise<void>((done) => (release = done));
					mine = { release };
					held.set(id, { release, released, letGo });
				},
				async unlock() {
					held.delete(id);
					mine?.release();
				}
			};
		}
	};
}

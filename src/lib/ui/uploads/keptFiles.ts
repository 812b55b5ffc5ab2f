import type { Announced } from './announce.ts';

/** A file that was chosen and is not on the server yet, kept by the browser so that a reload loses nothing. */
export interface KeptFile {
	key: string;
	roomCode: string;
	file: File;
	/** Null until it was its turn. */
	announced: Announced | null;
	/** It waits until its person lets it go on, also after a reload. */
	paused: boolean;
	/** ms since the epoch. */
	keptAt: number;
}

const DATABASE = 'peerlearn-uploads';
const STORE = 'files';
/** Nobody comes back for it after this, ms; the server has given up its part by then, too. */
const KEPT_FOR_MS = 48 * 3_600_000;

/** Where it cannot be kept (a private window, no room) the upload goes on all the same, just not over a reload. */
export async function keepFile(kept: KeptFile): Promise<void> {
	await inStore('readwrite', (store) => store.put(kept)).catch(() => undefined);
}

export async function forgetFile(key: string): Promise<void> {
	await inStore('readwrite', (store) => store.delete(key)).catch(() => undefined);
}

/** The kept files of one room, the oldest first. What is too old, of any room, is forgotten. */
export async function keptFiles(roomCode: string, now: number): Promise<KeptFile[]> {
	const all = await inStore<KeptFile[]>(
		'readonly',
		(store) => store.getAll() as IDBRequest<KeptFile[]>
	).catch(() => []);
	const old = all.filter(({ keptAt }) => now - keptAt > KEPT_FOR_MS);
	await Promise.all(old.map(({ key }) => forgetFile(key)));
	return all
		.filter((kept) => kept.roomCode === roomCode && !old.includes(kept))
		.sort((a, b) => a.keptAt - b.keptAt);
}

async function inStore<T>(
	mode: IDBTransactionMode,
	ask: (store: IDBObjectStore) => IDBRequest<T>
): Promise<T> {
	const opening = indexedDB.open(DATABASE, 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'key' });
	const database = await settled(opening);
	try {
		return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
	} finally {
		database.close();
	}
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((done, fail) => {
		request.onsuccess = () => done(request.result);
		request.onerror = () => fail(request.error ?? new Error('The browser keeps nothing.'));
	});
}

import type { ByteStore } from '../ports.ts';

const DATABASE = 'peerlearn';
const STORE = 'bytes';

/** What stands in the database: Safari has lost blobs that stood there themselves. */
interface Kept {
	type: string;
	bytes: ArrayBuffer;
}

/** Kept in IndexedDB, which may be full or forbidden. Browser only. */
export function browserBytes(): ByteStore {
	async function within<T>(
		mode: IDBTransactionMode,
		ask: (store: IDBObjectStore) => IDBRequest<T>
	): Promise<T | null> {
		const database = await openDatabase();
		try {
			const transaction = database.transaction(STORE, mode);
			const request = ask(transaction.objectStore(STORE));
			await new Promise<void>((done, fail) => {
				transaction.oncomplete = () => done();
				transaction.onabort = transaction.onerror = () => fail(transaction.error);
			});
			return request.result;
		} finally {
			database.close();
		}
	}

	/** Forgotten where it cannot be: the board works without. */
	const orNull = () => null;
	return {
		async write(key, blob) {
			const kept: Kept = { type: blob.type, bytes: await blob.arrayBuffer() };
			const written = await within('readwrite', (store) => store.put(kept, key)).catch(orNull);
			return written !== null;
		},
		async read(key) {
			const kept = await within('readonly', (store) => store.get(key) as IDBRequest<Kept | undefined>).catch(
				orNull
			);
			return kept ? new Blob([kept.bytes], { type: kept.type }) : null;
		},
		async remove(key) {
			await within('readwrite', (store) => store.delete(key)).catch(orNull);
		}
	};
}

function openDatabase(): Promise<IDBDatabase> {
	return new Promise((done, fail) => {
		const request = indexedDB.open(DATABASE, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => done(request.result);
		request.onerror = request.onblocked = () => fail(request.error);
	});
}

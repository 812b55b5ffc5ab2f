import type { ByteStore, Storage } from '../ports.ts';

/** A picture on this device that the server is not known to have. */
export interface KeptPicture {
	/** Of the file: what an element names. */
	id: string;
	/** As the file was called. */
	name: string;
	/** Why the server will not have it, in words; null as long as it may. */
	refusal: string | null;
}

/**
 * What this device keeps of a person's pictures until the server has them: a list of them, which can be read at once,
 * and their bytes. It outlives the tab; where the device keeps no bytes the page does as long as it is there.
 */
export interface PictureKeep {
	all(): KeptPicture[];
	/** Resolves when the picture outlives the tab, where it can. */
	keep(picture: { id: string; name: string }, bytes: Blob): Promise<void>;
	/** Null for what is not kept. */
	read(id: string): Promise<Blob | null>;
	/** It stays, but is not to be sent any more. */
	refuse(id: string, refusal: string): void;
	forget(id: string): void;
	/** False while this device has no room for some of them, which end with the page. */
	holdsAll(): boolean;
}

export function createPictureKeep(deps: {
	storage: Storage;
	bytes: ByteStore;
	roomCode: string;
	userId: string;
}): PictureKeep {
	const { storage, bytes } = deps;
	const place = `board-pictures:${deps.roomCode}:${deps.userId}`;
	const here = new Map<string, { picture: KeptPicture; content: Blob }>();
	const keyOf = (id: string) => `${place}:${id}`;
	/** What the device would not keep. */
	const homeless = new Set<string>();

	/** Read each time: other tabs of the same person write there too. */
	function listed(): KeptPicture[] {
		const value = parse(storage.read(place));
		return Array.isArray(value) ? value.filter(isKept) : [];
	}

	function all(): KeptPicture[] {
		const list = listed();
		const ids = new Set(list.map(({ id }) => id));
		return [...list, ...[...here.values()].flatMap(({ picture }) => (ids.has(picture.id) ? [] : picture))];
	}

	function write(pictures: KeptPicture[]): boolean {
		return storage.write(place, pictures.length > 0 ? JSON.stringify(pictures) : null);
	}

	return {
		all,
		async keep({ id, name }, content) {
			const picture = { id, name, refusal: null };
			const isListed = write([...listed(), picture]);
			here.set(id, { picture, content });
			const isKept = await bytes.write(keyOf(id), content);
			if (!(isListed && isKept) && here.has(id)) homeless.add(id);
		},
		async read(id) {
			if (all().every((one) => one.id !== id)) return null;
			return here.get(id)?.content ?? bytes.read(keyOf(id));
		},
		refuse(id, refusal) {
			const mine = here.get(id);
			if (mine) mine.picture = { ...mine.picture, refusal };
			write(all().map((one) => (one.id === id ? { ...one, refusal } : one)));
		},
		forget(id) {
			here.delete(id);
			homeless.delete(id);
			write(all().filter((one) => one.id !== id));
			void bytes.remove(keyOf(id));
		},
		holdsAll: () => homeless.size === 0
	};
}

function parse(text: string | null): unknown {
	if (text === null) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function isKept(value: unknown): value is KeptPicture {
	if (typeof value !== 'object' || value === null) return false;
	const { id, name, refusal } = value as Partial<KeptPicture>;
	return (
		typeof id === 'string' && typeof name === 'string' && (refusal === null || typeof refusal === 'string')
	);
}

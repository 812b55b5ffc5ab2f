export interface StoredFile {
	/** Random name under which the bytes are found again. */
	key: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	sha256: string;
}

/** A part of a file, in bytes, both ends included (as in RFC 9110, 14.1.2). */
export interface ByteRange {
	from: number;
	to: number;
}

/** Where the bytes of handed-over files and of board pictures are kept. */
export interface FileStore {
	/**
	 * Resolves when the bytes are safely stored. With a `key` what was stored under it is replaced.
	 * @throws Refusal `too-large` beyond `maxBytes`, `no-space`
	 */
	put(body: AsyncIterable<Uint8Array>, maxBytes: number, key?: string): Promise<StoredFile>;
	/** @throws when there is no such file */
	get(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
	/** Removing what is gone already is fine. */
	remove(key: string): Promise<void>;
}

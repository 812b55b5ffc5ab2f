/** What the server is told of a file before it comes: so the same file chosen again is the same upload. */
export type Announced = { sha256: string } | { clientId: string };

/** Larger files are not read twice, bytes. */
const READ_AT_MOST = 256 * 1024 * 1024;

/** @throws when the file cannot be read (any more) */
export async function announce(file: File): Promise<Announced> {
	// Browsers compute sums on secure pages only.
	const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
	if (!subtle || file.size > READ_AT_MOST) return { clientId: randomId() };
	const sum = await subtle.digest('SHA-256', await file.arrayBuffer());
	return { sha256: [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** 128 random bits. */
export function randomId(): string {
	return [...crypto.getRandomValues(new Uint8Array(16))]
		.map((byte) => byte.toString(16).padStart(2, '0'))
		.join('');
}

import type { ByteRange } from './fileStore.ts';

/**
 * The one part that a `Range` header asks for, of so many bytes (RFC 9110, 14.1.2). Null where all of them should be
 * sent: without the header, with one we need not understand, or where there are no such bytes.
 */
export function readByteRange(header: string | null, size: number): ByteRange | null {
	const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
	if (first === '' && last === '') return null;
	const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	return from <= to ? { from, to } : null;
}

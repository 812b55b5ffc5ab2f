import { FILE_NAME_MAX_CHARACTERS } from '../../shared/limits.ts';
import { plainName } from '../../shared/plainText.ts';

/** The last part of a path as a name (`plainName`), cut in the middle when too long; “file” where nothing is left of it. */
export function cleanFileName(name: string): string {
	const shown = plainName(name.split(/[/\\]/).at(-1) ?? '');
	if (/^\.*$/.test(shown)) return 'file';
	if (shown.length <= FILE_NAME_MAX_CHARACTERS) return shown;
	const keep = FILE_NAME_MAX_CHARACTERS / 2 - 1;
	// Cutting may leave a half of a character, or a mark without its letter.
	return `${plainName(shown.slice(0, keep))}…${plainName(shown.slice(-keep))}`;
}

/** `Content-Disposition` with both spellings of the name: plain for old clients, UTF-8 for all others (RFC 6266, RFC 8187). */
export function attachmentHeader(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
	const encoded = encodeURIComponent(name.toWellFormed()).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16)}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

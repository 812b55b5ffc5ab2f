import { FILE_NAME_MAX_CHARACTERS } from '../../shared/limits.ts';

/** Control characters, and those that change the direction of what follows them or cannot be seen. */
const TREACHEROUS =
	/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** The last part of a path, without control and direction-changing characters, cut in the middle when too long. */
export function cleanFileName(name: string): string {
	const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const plain = last.replace(TREACHEROUS, '').trim();
	const shown = plain.replace(/^\.+$/, '').toWellFormed();
	if (shown === '') return 'file';
	if (shown.length <= FILE_NAME_MAX_CHARACTERS) return shown;
	const keep = FILE_NAME_MAX_CHARACTERS / 2 - 1;
	return `${shown.slice(0, keep)}…${shown.slice(-keep)}`.toWellFormed();
}

/** `Content-Disposition` with both spellings of the name: plain for old clients, UTF-8 for all others (RFC 6266, RFC 8187). */
export function attachmentHeader(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	const encoded = encodeURIComponent(name).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16)}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

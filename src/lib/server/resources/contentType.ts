import { Refusal } from '../../shared/refusals.ts';

/** Bytes of a file that are looked at. Office documents tell what they are in the first of their parts. */
export const CONTENT_HEAD_BYTES = 256 * 1024;

export const UNKNOWN_TYPE = 'application/octet-stream';
export const TEXT_TYPE = 'text/plain; charset=utf-8';

/** What a browser may be told a file is. Nothing here is a page or holds a script that a browser runs. */
const HARMLESS = [
	/^image\/(png|apng|jpeg|gif|webp|avif|heic|heif|bmp|tiff|jxl)$/,
	/^(audio|video|font)\/[a-z0-9.+-]+$/,
	/^application\/(pdf|rtf|epub\+zip|ogg|zip|gzip|zstd|x-(7z|rar)-compressed|x-bzip2|x-xz|x-tar)$/,
	/^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument)\.[a-z.-]+$/,
	/^application\/vnd\.apple\.(keynote|numbers|pages)$/,
	// Not told apart from other text by content; older rows may say so.
	/^text\/(csv|markdown)$/
];

/** Runs when it is opened. A lesson has no use for it, and a learner trusts what a mentor hands over. */
const PROGRAMS = new Set([
	'application/x-msdownload',
	'application/x-elf',
	'application/x-mach-binary',
	'application/x-ms-shortcut',
	'application/x-ms-regedit',
	'application/vnd.android.package-archive',
	'application/x-deb',
	'application/x-rpm',
	'application/x-google-chrome-extension',
	'application/x-xpinstall'
]);

/**
 * The media type of a file by its first bytes, at most `CONTENT_HEAD_BYTES` of them; name and announced type do not
 * count. Pages, drawings with scripts and program sources are text; what is not known is just bytes.
 * @throws Refusal `bad-input` for programs
 */
export async function contentType(head: Uint8Array): Promise<string> {
	// Loaded with the first file: a server that starts in the middle of a lesson has better things to do.
	const { fileTypeFromBuffer } = await import('file-type');
	// What its parser cannot read is not what its first bytes pretend.
	const found = await fileTypeFromBuffer(head).catch(() => undefined);
	if (found && PROGRAMS.has(found.mime))
		throw new Refusal('bad-input', 'Programs cannot be handed over. Put it into a ZIP file if it has to be.');
	if (found && HARMLESS.some((pattern) => pattern.test(found.mime))) return found.mime;
	return isText(head) ? TEXT_TYPE : UNKNOWN_TYPE;
}

/** What is told when a file is downloaded: only types that `contentType` gives, whatever an older row says. */
export function servedType(type: string): string {
	return type === TEXT_TYPE || HARMLESS.some((pattern) => pattern.test(type)) ? type : UNKNOWN_TYPE;
}

/** UTF-8 without control characters other than white space and escapes. */
function isText(head: Uint8Array): boolean {
	if (head.length === 0) return false;
	for (const byte of head) if (byte < 0x20 && !isUsualControl(byte)) return false;
	try {
		// As a stream, so that a character cut at the end of the looked-at part does no harm.
		new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** Tab, line feed, form feed, carriage return, escape. */
function isUsualControl(byte: number): boolean {
	return byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d || byte === 0x1b;
}

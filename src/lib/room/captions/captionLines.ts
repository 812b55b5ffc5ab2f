import { CAPTION_MAX_CHARACTERS, type Caption } from '../../shared/captions.ts';

/** What somebody says, or has just said. */
export interface CaptionLine {
	/** The same as long as it is one utterance. */
	id: string;
	userId: string;
	text: string;
	final: boolean;
	/** Of its last change, local time in ms. */
	at: number;
}

/** Only the last ones are shown. */
const KEPT = 3;
/** How long a line stays after its last change, ms: slow readers read about two words a second. */
export const READABLE_FOR = 8_000;

/** A text of the same utterance takes the place of the one before; what comes late for a closed one changes nothing. */
export function foldCaption(
	lines: readonly CaptionLine[],
	from: { userId: string; seatId: string },
	caption: Caption,
	now: number
): readonly CaptionLine[] {
	const id = `${from.seatId} ${caption.utterance}`;
	const known = lines.find((line) => line.id === id);
	if (known?.final) return lines;
	const line: CaptionLine = { id, userId: from.userId, text: caption.text, final: caption.final, at: now };
	const next = known ? lines.map((one) => (one === known ? line : one)) : [...lines, line];
	return next.slice(-KEPT);
}

/** Without what has been shown for long enough; the same value where nothing has. */
export function freshLines(lines: readonly CaptionLine[], now: number): readonly CaptionLine[] {
	const fresh = lines.filter(({ at }) => now - at < READABLE_FOR);
	return fresh.length === lines.length ? lines : fresh;
}

/** One line of plain text, of which a long one keeps its end: that is what is being said. */
export function captionText(heard: string): string {
	const text = heard.replaceAll(/\s+/gu, ' ').trim();
	if (text.length <= CAPTION_MAX_CHARACTERS) return text;
	const end = text.slice(-(CAPTION_MAX_CHARACTERS - 1));
	const word = end.indexOf(' ');
	return `…${word >= 0 ? end.slice(word + 1) : end}`.toWellFormed();
}

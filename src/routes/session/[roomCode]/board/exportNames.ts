import { plainName } from '$lib/shared/plainText.ts';

/** What one system or another does not take in file names. */
const NOT_IN_NAMES = /[\\/:*?"<>|]/g;
/** Characters of what people typed; with the rest a name stays short of what systems allow. */
const LONGEST = 60;

/** `Fractions - Page 2 - 2026-07-14.png`. `date` as in `dateIn`. */
export function exportName(lesson: string, part: string, date: string, extension: string): string {
	return `${[clean(lesson) || 'Lesson', clean(part), date].join(' - ')}.${extension}`;
}

/** What a page is called in a file's name; padded, so that files stand in the order of the pages. */
export function exportPart(number: number, of: number, title: string): string {
	return clean(`Page ${String(number).padStart(String(of).length, '0')} ${title}`);
}

function clean(text: string): string {
	const plain = plainName(text.replace(NOT_IN_NAMES, ' '));
	return [...plain]
		.slice(0, LONGEST)
		.join('')
		.replace(/^[. ]+|[. ]+$/g, '');
}

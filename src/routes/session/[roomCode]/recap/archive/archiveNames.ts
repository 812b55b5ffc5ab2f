import { plainName } from '../../../../../lib/shared/plainText.ts';

/** What one system or another does not take in file names. */
const NOT_IN_NAMES = /[\\/:*?"<>|]/g;
/** Names that Windows keeps for devices, with whatever ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** UTF-16 units: with a folder before it a path stays below what systems allow. */
const LONGEST = 120;

/**
 * Names for files in one folder, in the order given: every system can write them, none of them is twice there (also where
 * `A` and `a` are the same), and their endings stay.
 */
export function archiveNames(names: readonly string[]): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		const [stem, ending] = parted(cleaned(name));
		for (let nth = 1; ; nth += 1) {
			const made = nth === 1 ? `${stem}${ending}` : `${stem} (${nth})${ending}`;
			const key = made.normalize('NFC').toLowerCase();
			if (taken.has(key)) continue;
			taken.add(key);
			return made;
		}
	});
}

function cleaned(name: string): string {
	const plain = plainName(name.replace(NOT_IN_NAMES, ' '));
	const trimmed = plain.replace(/^[. ]+|[. ]+$/g, '').replace(DEVICES, '_$1');
	return trimmed === '' ? 'file' : trimmed;
}

function parted(name: string): [stem: string, ending: string] {
	const ending = /\.[^. ]{1,12}$/.exec(name)?.[0] ?? '';
	const stem = name.slice(0, name.length - ending.length) || 'file';
	const cut =
		stem
			.slice(0, LONGEST)
			.toWellFormed()
			.replace(/[\uFFFD. ]+$/, '') || 'file';
	return [cut, ending];
}

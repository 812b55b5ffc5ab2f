/** For tests: reads RFC 4180 as a spreadsheet does, without what it would make of the cells. */
export function readCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	while (at < text.length) {
		let cell = '';
		if (text[at] === '"') {
			for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at++) {
				if (at >= text.length) throw new Error('A quoted cell does not end.');
				if (text[at] === '"') at += 1;
				cell += text[at];
			}
			at += 1;
		} else {
			while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++];
			if (/["\n]/.test(cell)) throw new Error('A cell should have been quoted.');
		}
		row.push(cell);
		if (text[at] === ',') {
			at += 1;
			continue;
		}
		if (text.slice(at, at + 2) !== '\r\n') throw new Error('A record does not end with CR LF.');
		at += 2;
		rows.push(row);
		row = [];
	}
	return rows;
}

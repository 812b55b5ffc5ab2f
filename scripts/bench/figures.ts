/** One measured number beside the one it is compared with, which was measured in the same run. */
export interface Figure {
	name: string;
	unit: 'ms' | 'kB' | 'MB' | '/s' | 'µs';
	ours: number;
	/** What `ours` is compared with; null where there is only `ours`. */
	baseline: number | null;
	/** `ours / baseline`. */
	ratio: number | null;
	/** What we want to reach, in words; empty when there is no aim. */
	aim: string;
	/** Whether the aim is met; null when there is none. */
	met: boolean | null;
}

/** What one part of the bench measured. */
export interface Report {
	title: string;
	/** What stands in the columns. */
	ours: string;
	baseline: string;
	figures: Figure[];
	/** Sentences below the table. */
	notes: string[];
	/** Single measurements, for the JSON file only. */
	raw: unknown;
}

export function figure(
	name: string,
	unit: Figure['unit'],
	ours: number,
	baseline: number | null,
	aim: { words: string; met: boolean } | null = null
): Figure {
	return {
		name,
		unit,
		ours,
		baseline,
		ratio: baseline === null || baseline === 0 ? null : ours / baseline,
		aim: aim?.words ?? '',
		met: aim?.met ?? null
	};
}

/** The report as a table of plain text. */
export function renderReport(report: Report): string {
	const rows = [
		['', report.ours, report.baseline, 'ratio', 'aim'],
		...report.figures.map((one) => [
			one.name,
			amount(one.ours, one.unit),
			one.baseline === null ? '' : amount(one.baseline, one.unit),
			one.ratio === null ? '' : one.ratio.toFixed(2),
			one.met === null ? '' : `${one.aim} ${one.met ? '✓' : '✗'}`
		])
	];
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	const lines = rows.map((row) =>
		row
			.map((cell, column) =>
				column === 0 || column === 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
			)
			.join('  ')
			.trimEnd()
	);
	return [
		report.title,
		'',
		...lines.map((line) => `  ${line}`),
		...report.notes.map((note) => `  ${note}`),
		''
	].join('\n');
}

function amount(value: number, unit: Figure['unit']): string {
	const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
	const [whole, fraction] = value.toFixed(digits).split('.');
	const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ' ');
	return `${fraction ? `${grouped}.${fraction}` : grouped} ${unit}`;
}

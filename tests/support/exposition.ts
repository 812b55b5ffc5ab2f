export interface ExposedSample {
	name: string;
	labels: Record<string, string>;
	value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]?(?:Inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
/** Kinds of lines a histogram has beside its name. */
const PARTS = /_(bucket|sum|count)$/;

/**
 * Reads Prometheus's text format 0.0.4 as strictly as `promtool check metrics`: one HELP and one TYPE for each figure, before
 * its lines, which stand together; names; counters that say that they are; each line once; buckets that grow and end with
 * everything. @throws Error naming the line that is wrong
 */
export function readExposition(text: string): { types: Map<string, string>; samples: ExposedSample[] } {
	const types = new Map<string, string>();
	const helps = new Set<string>();
	const samples: ExposedSample[] = [];
	const seen = new Set<string>();
	let current = '';
	if (text !== '' && !text.endsWith('\n')) throw new Error('The last line does not end');
	for (const line of text.split('\n').slice(0, -1)) {
		const wrong = (why: string) => new Error(`${why}: ${line}`);
		const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
		if (kind === 'HELP') {
			if (helps.has(name) || !NAME.test(name) || rest === '') throw wrong('A second or empty HELP');
			helps.add(name);
			current = name;
		} else if (kind === 'TYPE') {
			if (types.has(name) || name !== current)
				throw wrong('A TYPE that is twice there or away from its HELP');
			if (!['counter', 'gauge', 'histogram'].includes(rest)) throw wrong('No type');
			if ((rest === 'counter') !== name.endsWith('_total'))
				throw wrong('Counters, and only they, end in _total');
			types.set(name, rest);
		} else {
			const [, full = '', labelText, number = ''] = SAMPLE.exec(line) ?? [];
			if (full === '') throw wrong('No sample');
			const owner = types.get(current) === 'histogram' ? full.replace(PARTS, '') : full;
			if (owner !== current || !types.has(current)) throw wrong('Away from its figure');
			const labels = readLabels(labelText ?? '', wrong);
			const key = `${full} ${JSON.stringify(Object.entries(labels).sort())}`;
			if (seen.has(key)) throw wrong('Twice there');
			seen.add(key);
			const value = Number(number.replace('Inf', 'Infinity'));
			if (types.get(current) !== 'gauge' && !(value >= 0)) throw wrong('A count below zero');
			samples.push({ name: full, labels, value });
		}
	}
	for (const [name, type] of types) if (type === 'histogram') checkHistogram(name, samples);
	return { types, samples };
}

function readLabels(text: string, wrong: (why: string) => Error): Record<string, string> {
	const labels: Record<string, string> = {};
	let read = 0;
	for (LABEL.lastIndex = 0; read < text.length; read = LABEL.lastIndex) {
		const match = LABEL.exec(text);
		if (!match) throw wrong('No label');
		const [, name = '', value = ''] = match;
		if (name in labels || name.startsWith('__')) throw wrong('A second label, or a reserved one');
		labels[name] = value.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
	}
	return labels;
}

function checkHistogram(name: string, samples: readonly ExposedSample[]): void {
	const of = (part: string) => samples.filter((sample) => sample.name === `${name}_${part}`);
	const rest = ({ labels }: ExposedSample) => JSON.stringify({ ...labels, le: undefined });
	for (const [key, buckets] of Map.groupBy(of('bucket'), rest)) {
		const bounds = buckets.map(({ labels }) => Number(labels.le?.replace('Inf', 'Infinity')));
		const counts = buckets.map(({ value }) => value);
		const total = of('count').find((sample) => rest(sample) === key)?.value;
		const grows = (values: number[]) => values.every((value, nth) => nth === 0 || value >= values[nth - 1]!);
		if (!grows(bounds) || !grows(counts) || bounds.at(-1) !== Infinity || counts.at(-1) !== total)
			throw new Error(`Buckets that do not add up: ${name} ${key}`);
		if (!of('sum').some((sample) => rest(sample) === key)) throw new Error(`No sum: ${name} ${key}`);
	}
}

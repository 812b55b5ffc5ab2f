import fc from 'fast-check';
import type { z } from 'zod';
import { HOSTILE_NUMBERS, hostileText, hostileValue } from './hostileFrames.ts';

/** As much of a zod 4 schema as says what it takes. */
interface Def {
	type: string;
	shape?: Record<string, z.ZodType>;
	element?: z.ZodType;
	innerType?: z.ZodType;
	in?: z.ZodType;
	out?: z.ZodType;
	options?: z.ZodType[];
	items?: z.ZodType[];
	keyType?: z.ZodType;
	valueType?: z.ZodType;
	entries?: Record<string, string>;
	values?: unknown[];
	checks?: { _zod: { def: Record<string, unknown> } }[];
}

/** What is known in this place under a name: ids, codes and texts that exist, so that not everything ends at the first look. */
export type Known = Record<string, readonly unknown[]>;

const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;

/** Values that a schema takes, or nearly: what checks of ours ask for beyond its shape is not known here. */
export function fitting(schema: z.ZodType, known: Known = {}, name = ''): fc.Arbitrary<unknown> {
	const fitted = byType(defOf(schema), known, name);
	const there = known[name];
	return there ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...there) }, fitted) : fitted;
}

function byType(def: Def, known: Known, name: string): fc.Arbitrary<unknown> {
	const inner = (schema: z.ZodType | undefined) => fitting(schema!, known, name);
	switch (def.type) {
		case 'string':
			return text(def);
		case 'number':
		case 'int':
			return number(def);
		case 'boolean':
			return fc.boolean();
		case 'null':
			return fc.constant(null);
		case 'enum':
			return fc.constantFrom(...Object.values(def.entries!));
		case 'literal':
			return fc.constantFrom(...def.values!);
		case 'union':
			return fc.oneof(...def.options!.map(inner));
		case 'nullable':
			return fc.oneof({ weight: 4, arbitrary: inner(def.innerType) }, fc.constant(null));
		case 'optional':
		case 'default':
			return fc.oneof({ weight: 4, arbitrary: inner(def.innerType) }, fc.constant(undefined));
		case 'pipe':
			// What is sent is what the first part takes; a transformation takes anything its other part does.
			return inner(defOf(def.in!).type === 'transform' ? def.out : def.in);
		case 'array':
			return fc.array(inner(def.element), { minLength: 1, maxLength: 4 });
		case 'tuple':
			return fc.tuple(...def.items!.map(inner));
		case 'record':
			return fc.dictionary(inner(def.keyType).map(String), inner(def.valueType), { maxKeys: 3 });
		case 'object':
			return fc.record(
				Object.fromEntries(
					Object.entries(def.shape!).map(([key, value]) => [key, fitting(value, known, key)])
				)
			);
		default:
			throw new Error(`Nothing is known here about a schema of the type ${def.type}.`);
	}
}

function limit(def: Def, check: string, field: string): unknown {
	return def.checks?.map((each) => each._zod.def).find((each) => each.check === check)?.[field];
}

function text(def: Def): fc.Arbitrary<string> {
	const minLength = Number(limit(def, 'min_length', 'minimum') ?? 0);
	const most = Number(limit(def, 'max_length', 'maximum') ?? 200);
	const pattern = limit(def, 'string_format', 'pattern');
	if (pattern instanceof RegExp) {
		// Patterns that look ahead cannot be turned into texts; those of ours are of addresses.
		if (pattern.source.includes('(?=') || pattern.source.includes('(?!')) return fc.emailAddress();
		return fc.stringMatching(new RegExp(pattern.source)).filter((each) => each.length <= most);
	}
	return fc.oneof(
		fc.string({ unit: 'binary', minLength, maxLength: Math.max(minLength, Math.min(most, 60)) }),
		fc.string({ minLength, maxLength: Math.max(minLength, Math.min(most, 60)) }),
		fc.constantFrom(most - 1, most).map((length) => 'a'.repeat(Math.max(minLength, length)))
	);
}

function number(def: Def): fc.Arbitrary<number> {
	const bound = (check: string, otherwise: number) => {
		const value = Number(limit(def, check, 'value') ?? otherwise);
		return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
	};
	const [min, max] = [bound('greater_than', -1e9), bound('less_than', 1e9)];
	const isWhole = def.checks?.some((each) => each._zod.def.format === 'safeint');
	const whole = fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
	return isWhole ? whole : fc.oneof(whole, fc.double({ min, max, noNaN: true }));
}

/** The same value with one thing in it changed into something it should not be. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
	if (Array.isArray(value) && value.length > 0)
		return fc.oneof(
			fc.nat({ max: value.length - 1 }).chain((at) => spoilt(value[at]).map((bad) => value.with(at, bad))),
			fc.constantFrom(2, 60, 3_000).map((times) => Array.from({ length: times }, () => value[0] as unknown))
		);
	if (typeof value !== 'object' || value === null)
		return fc.oneof(hostileValue, fc.constantFrom<unknown>(...HOSTILE_NUMBERS), hostileText);
	const fields = Object.entries(value);
	const more = fc
		.tuple(hostileText, hostileValue)
		.map(([key, bad]) => Object.fromEntries([...fields, [key, bad]]) as unknown);
	if (fields.length === 0) return more;
	return fc.oneof(
		{
			weight: 6,
			arbitrary: fc
				.constantFrom(...fields)
				.chain(([key, field]) =>
					spoilt(field).map(
						(bad) =>
							Object.fromEntries(fields.map(([name, old]) => [name, name === key ? bad : old])) as unknown
					)
				)
		},
		fc
			.constantFrom(...fields)
			.map(([key]) => Object.fromEntries(fields.filter(([name]) => name !== key)) as unknown),
		more
	);
}

/** What fits, what nearly fits, and anything at all. */
export function attempts(fits: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 4, arbitrary: fits },
		{ weight: 5, arbitrary: fits.chain(spoilt) },
		{ weight: 1, arbitrary: hostileValue }
	);
}

import fc from 'fast-check';
import { z } from 'zod';
import * as forms from '../../src/lib/shared/formSchemas.ts';
import * as plans from '../../src/lib/shared/planForm.ts';
import { hostileText, hostileValue } from './hostileFrames.ts';
import { attempts, fitting, type Known } from './schemaArbitrary.ts';

const word = z.string().max(64);
const number = z.string().regex(/^\d{1,15}$/);
const clock = z.string().regex(/^\d\d:\d\d$/);
const json = (schema: z.ZodType) => ({ json: schema });

/** What a page of ours sends; `json`: as one field, or as the whole body where it stands alone. */
export type Sent = Record<string, z.ZodType | { json: z.ZodType }> | { json: z.ZodType } | 'text' | 'bytes';

/** Everything that takes what somebody typed. An action or endpoint without a row fails a test. */
export const FORM_ROWS: Record<string, Sent> = {
	'/account ?address': forms.newAddressSchema.shape,
	'/account ?endLogin': { key: word },
	'/account ?everywhere': {},
	'/account ?farewell': forms.farewellSchema.shape,
	'/account ?password': forms.changePasswordSchema.shape,
	'/account ?picture': { picture: word },
	'/account ?profile': forms.profileSchema.shape,
	'/account ?resend': {},
	'/availability ?default': {
		...{
			open: word,
			slug: word,
			title: word,
			introduction: word,
			minutes: number,
			price: number,
			pause: number
		},
		...{
			notice: number,
			ahead: number,
			'week.0.from': clock,
			'week.0.to': clock,
			'week.6.from': z.array(clock)
		},
		...{ 'days.0.date': z.string().regex(/^20\d\d-\d\d-\d\d$/), 'days.0.from': clock, 'days.0.to': clock }
	},
	'/book/[slug] ?default': { at: number, minutes: number, price: number, note: word },
	'/calendar/feed ?renew': { version: number, next: word },
	'/forgot ?default': forms.forgotSchema.shape,
	'/invitation/[token] ?accept': {},
	'/invitation/[token] ?decline': {},
	'/language POST': { language: z.enum(['en', 'de', 'fr']), next: word },
	'/login ?default': forms.signInSchema.shape,
	'/logout POST': {},
	'/notifications ?choose': { kind: word },
	'/notifications ?read': { upTo: number },
	'/reset/[token] ?default': forms.newPasswordSchema.shape,
	'/session/[roomCode] ?feedback': { ratings: json(forms.feedbackSchema.shape.ratings) },
	'/session/[roomCode]/board/files/[id] PUT': 'bytes',
	'/session/[roomCode]/goodbye POST': 'text',
	'/session/[roomCode]/recap ?feedback': { ratings: json(forms.feedbackSchema.shape.ratings) },
	'/session/[roomCode]/recap ?note': { text: forms.noteSchema },
	'/session/[roomCode]/recap ?remove': { id: word },
	'/session/[roomCode]/resources/[id] DELETE': {},
	'/sessions/[roomCode] ?accept': {},
	'/sessions/[roomCode] ?cancel': { reason: plans.cancelReasonSchema, scope: word },
	'/sessions/[roomCode] ?decline': {},
	'/sessions/[roomCode] ?edit': plans.lessonChangesSchema.shape,
	'/sessions/[roomCode] ?reschedule': { ...plans.rescheduleSchema.shape, at: number, scope: word },
	'/sessions/conflicts POST': json(
		z.object({
			...{ startsAt: z.number().int(), minutes: z.number().int(), weeks: z.number().int().min(1).max(26) },
			...{ learnerEmails: z.array(z.string()), except: z.null() }
		})
	),
	'/sessions/new ?default': plans.planFormSchema.shape,
	'/signup ?default': forms.signUpSchema.shape,
	'/verify/[token] ?default': {}
};

const asField = (value: unknown): string | File =>
	typeof value === 'object' && value !== null
		? new File([JSON.stringify(value)], 'file.json')
		: String(value as string);

/** A form with these fields; what is a list comes several times, what is no text as a file. */
function formOf(fields: unknown): FormData {
	const form = new FormData();
	if (typeof fields !== 'object' || fields === null) return form;
	for (const [name, value] of Object.entries(fields))
		for (const each of Array.isArray(value) ? value.slice(0, 200) : [value])
			if (each !== undefined) form.append(name, asField(each));
	return form;
}

const GARBAGE: [string, string][] = [
	['', 'multipart/form-data'],
	['--x\r\nnothing', 'multipart/form-data; boundary=x'],
	['--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb', 'multipart/form-data; boundary=x'],
	['%', 'application/x-www-form-urlencoded'],
	['a=%ff%fe&__proto__=1&a[b]=2', 'application/x-www-form-urlencoded'],
	['__superform_json=[{"a":0}]&__superform_id=x', 'application/x-www-form-urlencoded'],
	['__superform_json=[[0]]&__superform_file___proto__.a=1', 'application/x-www-form-urlencoded'],
	['{', 'application/json'],
	['\0\0\0', 'text/plain']
];

export type Body = { body: BodyInit; type?: string };

/** What fits, what nearly fits, and what is no form at all. `known`: by field, what exists. */
export function bodies(sent: Sent, known: Known): fc.Arbitrary<Body> {
	const garbage = fc.constantFrom(...GARBAGE).map(([body, type]) => ({ body, type }));
	if (sent === 'text')
		return fc.oneof(
			hostileText.map((body) => ({ body: String(body) })),
			garbage
		);
	if (sent === 'bytes')
		return fc.oneof(
			fc.uint8Array({ maxLength: 200 }).map((body) => ({ body: picture(body) })),
			garbage
		);
	if ('json' in sent && !(sent.json instanceof z.ZodType && 'shape' in sent))
		if (sent.json instanceof z.ZodType)
			return fc.oneof(
				attempts(fitting(sent.json)).map((value) => ({
					body: JSON.stringify(value) ?? '',
					type: 'application/json'
				})),
				garbage
			);
	const fields = fc.record(
		Object.fromEntries(
			Object.entries(sent as Record<string, z.ZodType | { json: z.ZodType }>).map(([name, schema]) => [
				name,
				schema instanceof z.ZodType
					? fitting(schema, known, name)
					: attempts(fitting(schema.json)).map((value) => JSON.stringify(value) ?? '')
			])
		)
	);
	const more = fc.dictionary(
		fc.oneof(hostileText, fc.constantFrom(...Object.keys(sent), 'remove', 'x')),
		hostileValue,
		{ maxKeys: 2 }
	);
	return fc.oneof(
		{
			weight: 8,
			arbitrary: fc
				.tuple(attempts(fields), more)
				.map(([given, also]) => ({ body: formOf({ ...(given as object), ...also }) }))
		},
		{ weight: 3, arbitrary: fields.map((given) => ({ body: formOf(given) })) },
		garbage
	);
}

/** The beginning of a picture of one kind or another, or none, and then anything. */
function picture(rest: Uint8Array): Uint8Array<ArrayBuffer> {
	const heads = [
		'\x89PNG\r\n\x1a\n',
		'GIF89a',
		'RIFF1234WEBPVP8X',
		'RIFF1234WEBPVP8L',
		'\xff\xd8\xff\xe0',
		'<svg onload=alert(1)>'
	];
	return new Uint8Array(Buffer.concat([Buffer.from(heads[rest.length % heads.length]!, 'latin1'), rest]));
}

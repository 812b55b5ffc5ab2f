import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeSpans, weekdayOf, type Span } from './availability.ts';
import { readAvailability, slugOf, spanText, type AvailabilityForm } from './availabilityForm.ts';

const FORM: AvailabilityForm = {
	week: [[{ from: '09:00', to: '12:00' }], [], [], [], [], [], []],
	days: [],
	...{ open: true, slug: 'maya', title: 'A lesson with Maya', introduction: '' },
	...{ minutes: '60', price: '35', pause: '10', notice: '12', ahead: '30' }
};
const read = (change: Partial<AvailabilityForm>) =>
	readAvailability({ ...FORM, ...change }, 'EUR', '2026-07-14');
const problemsOf = (change: Partial<AvailabilityForm>) => {
	const result = read(change);
	return result.kind === 'problems' ? result.problems : null;
};

describe('[A2] availability as it is filled in', () => {
	test('becomes minutes, minor units and whole days', () => {
		expect(read({ days: [{ date: '2026-08-01', hours: [] }] })).toEqual({
			kind: 'availability',
			merged: false,
			availability: {
				week: [[{ from: 540, to: 720 }], [], [], [], [], [], []],
				days: [{ date: '2026-08-01', hours: [] }],
				page: {
					...{ slug: 'maya', open: true, title: 'A lesson with Maya', introduction: '' },
					...{ lessonMinutes: 60, priceMinor: 3_500, pauseMinutes: 10, noticeHours: 12, aheadDays: 30 }
				}
			}
		});
	});

	test('midnight ends a day; hours that overlap become one, and that is said', () => {
		const hours = [
			{ from: '20:00', to: '00:00' },
			{ from: '18:00', to: '21:00' }
		];
		const result = read({ week: [hours] });
		expect(result).toMatchObject({ merged: true });
		expect(result.kind === 'availability' && result.availability.week[0]).toEqual([
			{ from: 1_080, to: 1_440 }
		]);
	});

	test('what is wrong is told at its field', () => {
		expect(
			problemsOf({
				week: [[{ from: '09:00', to: '' }], [FORM.week[0]![0]!, { from: '22:00', to: '02:00' }]],
				days: [
					{ date: '2026-08-01', hours: [] },
					{ date: '', hours: [] },
					{ date: '2026-08-01', hours: [{ from: 'x', to: '10:00' }] }
				],
				...{ slug: 'Ma ya', title: ' ', minutes: '1.5', price: 'much', pause: '7', notice: 'x', ahead: '1' }
			})
		).toEqual({
			'week.0.0': 'Enter both times.',
			'week.1.1': 'The end has to come after the start. Hours past midnight belong to the next day.',
			'days.1': 'Choose a date.',
			'days.2': 'This date stands above already. Add its hours there.',
			'days.2.0': 'Enter both times.',
			slug: 'Use small letters without accents, digits, and single hyphens between them.',
			title: 'Say what a booked session is called.',
			minutes: 'Choose a length.',
			price: 'Enter a price such as 45 or 45.50.',
			pause: 'Choose one of these.',
			notice: 'Choose one of these.',
			ahead: 'Choose one of these.'
		});
		expect(problemsOf({ slug: 'ab' })).toHaveProperty('slug');
		expect(problemsOf({ slug: 'a'.repeat(41) })).toHaveProperty('slug');
		expect(problemsOf({ week: [Array(9).fill({ from: '09:00', to: '10:00' })] })).toHaveProperty(['week.0']);
		expect(problemsOf({ introduction: 'x'.repeat(2_001) })).toHaveProperty('introduction');
	});

	test('days that are over are left out', () => {
		const days = ['2026-08-01', '2026-07-13', '2026-07-14'].map((date) => ({ date, hours: [] }));
		const result = read({ days });
		expect(result.kind === 'availability' && result.availability.days.map(({ date }) => date)).toEqual([
			...['2026-07-14', '2026-08-01']
		]);
	});

	test('[B3] whatever is sent, it is read or explained', () => {
		const text = fc.oneof(fc.string(), fc.constantFrom('09:00', '24:00', '2026-02-30', '60', '-1'));
		const span = fc.record({ from: text, to: text });
		fc.assert(
			fc.property(
				fc.record({
					week: fc.array(fc.array(span, { maxLength: 10 }), { maxLength: 9 }),
					days: fc.array(fc.record({ date: text, hours: fc.array(span, { maxLength: 3 }) })),
					open: fc.boolean(),
					...{ slug: text, title: text, introduction: text, minutes: text },
					...{ price: text, pause: text, notice: text, ahead: text }
				}),
				(form) => {
					expect(['availability', 'problems']).toContain(readAvailability(form, 'EUR', '2026-07-14').kind);
				}
			)
		);
	});
});

test('[A2] hours read back as they were written', () => {
	expect(spanText({ from: 0, to: 1_440 })).toEqual({ from: '00:00', to: '00:00' });
	expect(spanText({ from: 545, to: 600 })).toEqual({ from: '09:05', to: '10:00' });
});

test('[A2] an address is made of a name', () => {
	expect(slugOf('Élise du Pré')).toBe('elise-du-pre');
	expect(slugOf('مايا')).toBe('');
	expect(slugOf(' -Ann  O’Neil- ')).toBe('ann-o-neil');
});

test('[A4] the first weekday is Monday', () => {
	expect(['2026-07-13', '2026-07-14', '2026-07-19'].map(weekdayOf)).toEqual([0, 1, 6]);
});

test('[A2] merged hours are the same minutes, in order and apart', () => {
	const span = fc
		.tuple(fc.nat(99), fc.integer({ min: 1, max: 20 }))
		.map(([from, length]): Span => ({ from, to: from + length }));
	const minutes = (spans: Span[]) =>
		Array.from({ length: 120 }, (_, at) => spans.some(({ from, to }) => from <= at && at < to));
	fc.assert(
		fc.property(fc.array(span), (spans) => {
			const merged = mergeSpans(spans).spans;
			expect(minutes(merged)).toEqual(minutes(spans));
			expect(merged.every(({ from }, nth) => nth === 0 || merged[nth - 1]!.to < from)).toBe(true);
		})
	);
});

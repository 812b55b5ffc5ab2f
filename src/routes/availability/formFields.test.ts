import { expect, test } from 'vitest';
import { readFields } from './formFields.ts';

test('[A2] hours come in pairs, days in order, and what is missing is empty', () => {
	const sent = new FormData();
	for (const [name, value] of [
		['week.0.from', '09:00'],
		['week.0.from', '13:00'],
		['week.0.to', '12:00'],
		['days.0.date', '2026-08-01'],
		['days.1.date', '2026-08-02'],
		['days.1.from', '10:00'],
		['days.1.to', '11:00'],
		['days.3.date', '2026-08-04'],
		['open', 'on'],
		['slug', 'maya']
	] as const)
		sent.append(name, value);
	const form = readFields(sent);
	expect(form.week[0]).toEqual([
		{ from: '09:00', to: '12:00' },
		{ from: '13:00', to: '' }
	]);
	expect(form.days).toEqual([
		{ date: '2026-08-01', hours: [] },
		{ date: '2026-08-02', hours: [{ from: '10:00', to: '11:00' }] }
	]);
	expect(form).toMatchObject({ open: true, slug: 'maya', title: '' });
	expect(form.week).toHaveLength(7);
});

test('[B1] a form of a million days is read no further than it may be', () => {
	const sent = new FormData();
	for (let nth = 0; nth < 1_000; nth += 1) sent.append(`days.${nth}.date`, 'x');
	expect(readFields(sent).days).toHaveLength(101);
});

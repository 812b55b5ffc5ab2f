import { expect, test } from 'vitest';
import { chosenTime } from './chosenTime.ts';

const read = (query: string) => chosenTime(new URLSearchParams(query), 'Europe/Berlin');
const at = Date.UTC(2026, 6, 14, 13);

test('[A2] a time chosen in the calendar fills the form, in the mentor’s zone', () => {
	expect(read(`at=${at}&minutes=45`)).toEqual({ date: '2026-07-14', time: '15:00', minutes: 45 });
	expect(read(`at=${at}`)).toMatchObject({ minutes: 60 });
});

test('[A2] a link that makes no sense begins an empty form', () => {
	for (const query of ['', 'at=', 'at=soon', 'at=-5', 'at=1.5', 'at=9e99']) expect(read(query)).toBeNull();
	expect(read(`at=${at}&minutes=100000`)).toMatchObject({ minutes: 60 });
});

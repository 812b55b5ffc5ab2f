import { expect, test } from 'vitest';
import { monthWords, weekdayName } from './calendarWords.ts';

test('[A4] weekdays and months have their names wherever the machine stands', () => {
	expect([0, 6].map((day) => weekdayName(day))).toEqual(['Monday', 'Sunday']);
	expect(weekdayName(1, 'short')).toBe('Tue');
	expect(monthWords('2026-07')).toBe('July 2026');
});

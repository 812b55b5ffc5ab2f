import { expect, test } from 'vitest';
import { nextSpan } from './nextSpan.ts';

test('[A2] further hours begin an hour after the last ones and stay within the day', () => {
	expect(nextSpan([])).toEqual({ from: '09:00', to: '17:00' });
	expect(nextSpan([{ from: '09:00', to: '12:30' }])).toEqual({ from: '13:30', to: '14:30' });
	expect(nextSpan([{ from: '09:00', to: '21:45' }])).toEqual({ from: '22:45', to: '23:45' });
	for (const to of ['22:00', '00:00', ''])
		expect(nextSpan([{ from: '20:00', to }])).toEqual({ from: '', to: '' });
});

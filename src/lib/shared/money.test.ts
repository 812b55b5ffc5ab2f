import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencySign, formatMoney, minorDigits, parseMoney, PRICE_MAX_MINOR } from './money.ts';

test('[F8] minor units are shown with the digits of their currency', () => {
	expect(formatMoney(4500, 'EUR')).toBe('€45.00');
	expect(formatMoney(5, 'USD')).toBe('$0.05');
	expect(formatMoney(4500, 'JPY')).toBe('¥4,500');
	expect(formatMoney(0, 'GBP')).toBe('£0.00');
	expect(formatMoney(123456789, 'EUR')).toBe('€1,234,567.89');
	expect(minorDigits('KWD')).toBe(3);
	expect(currencySign('EUR')).toBe('€');
});

test('[A2] a typed price becomes minor units, with point or comma', () => {
	expect(parseMoney('45', 'EUR')).toBe(4500);
	expect(parseMoney(' 45.5 ', 'EUR')).toBe(4550);
	expect(parseMoney('45,50', 'EUR')).toBe(4550);
	expect(parseMoney('0', 'EUR')).toBe(0);
	expect(parseMoney('900', 'JPY')).toBe(900);
});

test('[A2] what is not a price is refused, never rounded', () => {
	for (const text of ['', 'free', '-5', '1.234,50', '45.505', '4e3', '٤٥', '1.', '1000001']) {
		expect(parseMoney(text, 'EUR'), text).toBeNull();
	}
	expect(parseMoney('4.5', 'JPY')).toBeNull();
});

test('[F8] every amount survives being written into a field and read back', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: PRICE_MAX_MINOR }),
			fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
			fc.constantFrom('.', ','),
			(minor, currency, sign) => {
				const digits = minorDigits(currency);
				const padded = String(minor).padStart(digits + 1, '0');
				const typed = digits === 0 ? padded : padded.slice(0, -digits) + sign + padded.slice(-digits);
				expect(parseMoney(typed, currency)).toBe(minor);
			}
		)
	);
});

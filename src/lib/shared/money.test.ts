import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	currencySign,
	formatMoney,
	formatMoneyShort,
	minorDigits,
	parseMoney,
	plainMoney,
	PRICE_MAX_MINOR,
	viewerLocale
} from './money.ts';

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

test('[F7] amounts are written as the viewer’s language does', () => {
	expect(formatMoney(123456, 'EUR', 'de-DE')).toBe('1.234,56\u00a0€');
	expect(formatMoney(123456, 'EUR', 'ar-EG')).toMatch(/1,234\.56/);
	expect(formatMoneyShort(4500, 'EUR')).toBe('€45');
	expect(formatMoneyShort(4550, 'EUR')).toBe('€45.50');
	expect(viewerLocale('de-CH, de;q=0.9, en;q=0.8')).toBe('de-CH');
	expect(viewerLocale('en;q=0.5, pt-BR')).toBe('pt-BR');
	expect(viewerLocale('de;q=0, fr;q=0.1')).toBe('fr');
	for (const nonsense of [null, '', '*', 'x', 'en_GB', 'de-'.repeat(50), '-,;q=', 'zz-unknown-1234567890'])
		expect(viewerLocale(nonsense), String(nonsense)).toBe('en-GB');
});

test('[F7] in files an amount is a plain decimal that reads back to the same minor units', () => {
	expect(plainMoney(4500, 'EUR')).toBe('45.00');
	expect(plainMoney(5, 'KWD')).toBe('0.005');
	expect(plainMoney(900, 'JPY')).toBe('900');
	expect(plainMoney(-5, 'EUR')).toBe('-0.05');
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: PRICE_MAX_MINOR }),
			fc.constantFrom('EUR', 'JPY', 'KWD'),
			(minor, currency) => {
				const text = plainMoney(minor, currency);
				expect(text).toMatch(/^\d+(\.\d+)?$/);
				expect(parseMoney(text, currency)).toBe(minor);
			}
		)
	);
});

test('[F7] no header of a browser makes formatting fail', () => {
	fc.assert(
		fc.property(fc.string(), (header) => {
			expect(formatMoney(4500, 'EUR', viewerLocale(header))).toContain('45');
		})
	);
});

import { describe, expect, test } from 'vitest';
import { counted } from './counted.ts';
import { preferredTags, readLanguage } from './language.ts';

describe('the language of a request', () => {
	test('is what somebody chose, else the first of their browser’s that we speak, else English', () => {
		expect(readLanguage('a=b; language=ar; c=d', 'en-GB')).toBe('ar');
		expect(readLanguage('language=en', 'ar')).toBe('en');
		expect(readLanguage('xlanguage=ar', undefined)).toBe('en');
		expect(readLanguage('language=tlh', 'de, ar-EG;q=0.8, en;q=0.5')).toBe('ar');
		expect(readLanguage(undefined, 'ar;q=0.3, en;q=0.9')).toBe('en');
		expect(readLanguage(undefined, 'de')).toBe('en');
		expect(readLanguage(undefined, '; rubbish ,,ar;q=0')).toBe('en');
	});

	test('tags come in the order in which they are wanted', () => {
		expect(preferredTags('de;q=0.5, ar-EG, en;q=0')).toEqual(['ar-EG', 'de']);
		expect(preferredTags(null)).toEqual([]);
	});
});

test('counted words take the form that the number asks for', () => {
	const files = (count: number) => counted(count, { one: '1 file', other: '# files' });
	expect([0, 1, 2, 1200].map(files)).toEqual(['0 files', '1 file', '2 files', '1,200 files']);
});

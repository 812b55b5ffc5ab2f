import { expect, test } from 'vitest';
import { languageOf } from './languageHandler.ts';

test('scripts and styles come in the language in their path, pages in that of who asks', () => {
	const asked = (url: string, headers = {}) => languageOf({ url, headers });
	expect(asked('/', { 'accept-language': 'ar' })).toBe('ar');
	expect(asked('/session/x/recap?y', { cookie: 'language=ar' })).toBe('ar');
	expect(asked('/_app/immutable/entry/start.js', { cookie: 'language=ar' })).toBe('en');
	expect(asked('/_app/ar/immutable/entry/start.js', { cookie: 'language=en' })).toBe('ar');
	expect(asked('/_app?ar', { cookie: 'language=ar' })).toBe('en');
});

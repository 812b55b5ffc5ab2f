import { expect, test } from 'vitest';
import { REFUSALS } from '../shared/refusals.ts';
import { mayPass, refusalText } from './sendFile.ts';

test('[F3] a refused upload says why, in the words of the server', () => {
	expect(refusalText(413, '{"reason":"too-large","message":"Files have at most 25 MB."}')).toBe(
		'Files have at most 25 MB.'
	);
	expect(refusalText(400, '{"reason":"not-over"}')).toBe(REFUSALS['not-over']);
});

test('[F3] an answer that is not ours still becomes a sentence', () => {
	expect(refusalText(413, '<html>nginx</html>')).toBe(REFUSALS['too-large']);
	expect(refusalText(401, '')).toBe(REFUSALS['signed-out']);
	expect(refusalText(403, 'null')).toBe(REFUSALS['not-found']);
	expect(refusalText(429, '{}')).toBe(REFUSALS['too-many']);
	expect(refusalText(502, '{"message":7}')).toBe(REFUSALS.internal);
});

test('[F3] “Try again” is offered only where it may help', () => {
	expect([401, 408, 429, 500, 503].map(mayPass)).toEqual([true, true, true, true, true]);
	expect([400, 403, 404, 413, 415].map(mayPass)).toEqual([false, false, false, false, false]);
});

import { expect, test } from 'vitest';
import { REFUSALS } from '../shared/refusals.ts';
import { refusalText } from './refusalText.ts';

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
	expect(refusalText(507, '')).toBe(REFUSALS['no-space']);
	expect(refusalText(502, '{"message":7}')).toBe(REFUSALS.internal);
});

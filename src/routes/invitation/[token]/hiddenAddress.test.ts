import { expect, test } from 'vitest';
import { hiddenAddress } from './hiddenAddress.ts';

test('[A2] whoever a link was passed on to does not learn whose address it was sent to', () => {
	expect(hiddenAddress('liam@peerlearn.test')).toBe('l•••@peerlearn.test');
	expect(hiddenAddress('@nobody')).toBe('•••');
	expect(hiddenAddress('')).toBe('•••');
});

import { expect, test } from 'vitest';
import { clientAddress } from './clientAddress.ts';

const from = (forwarded?: string) => ({
	headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
	socket: { remoteAddress: '10.0.0.1' }
});

test('[S3] without a proxy nobody can say that they are somewhere else', () => {
	expect(clientAddress(from('1.2.3.4'), 0)).toBe('10.0.0.1');
});

test('[S3] behind proxies the address is the one that the outermost of them saw', () => {
	expect(clientAddress(from('6.6.6.6, 1.2.3.4'), 1)).toBe('1.2.3.4');
	expect(clientAddress(from('6.6.6.6, 1.2.3.4, 10.0.0.2'), 2)).toBe('1.2.3.4');
	expect(clientAddress(from(), 1)).toBe('10.0.0.1');
	expect(clientAddress(from('1.2.3.4'), 2)).toBe('10.0.0.1');
});

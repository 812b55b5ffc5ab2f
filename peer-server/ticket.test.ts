import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTicket, verifyTicket } from './ticket.ts';

const id = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => text.isWellFormed());
const ticket = fc.record({
	peerId: id,
	sessionId: id,
	userId: id,
	expiresAt: fc.integer({ min: 1, max: 10 ** 14 })
});
const secret = 's'.repeat(32);

test('[S4] a ticket says what was put in, until it expires', () => {
	fc.assert(
		fc.property(ticket, (given) => {
			const token = makeTicket(secret, given);
			expect(verifyTicket(secret, token, given.expiresAt - 1)).toEqual(given);
			expect(verifyTicket(secret, token, given.expiresAt)).toBeNull();
		})
	);
});

test('[S4] no changed character is accepted', () => {
	fc.assert(
		fc.property(ticket, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (given, where, other) => {
			const token = makeTicket(secret, given);
			const at = where % token.length;
			fc.pre(token[at] !== other);
			const forged = token.slice(0, at) + other + token.slice(at + 1);
			expect(verifyTicket(secret, forged, 0)).toBeNull();
		})
	);
});

test('[S4] another secret, other text and parts of a ticket are not accepted', () => {
	fc.assert(
		fc.property(ticket, fc.string(), fc.nat(), (given, noise, cut) => {
			const token = makeTicket(secret, given);
			expect(verifyTicket('t'.repeat(32), token, 0)).toBeNull();
			expect(verifyTicket(secret, noise, 0)).toBeNull();
			expect(verifyTicket(secret, token.slice(0, cut % token.length), 0)).toBeNull();
			expect(verifyTicket(secret, token + noise, 0)).toEqual(noise === '' ? given : null);
		})
	);
});

import { expect, test } from 'vitest';
import { verifyTicket } from '../../../../peer-server/ticket.ts';
import { createConnectionChecks } from './connectionChecks.ts';

const SECRET = 'north'.repeat(8);

function checks(now: () => number) {
	const config = { STUN_URLS: [], TURN_URLS: ['turn:t.test'], TURN_SECRET: 'south' };
	return createConnectionChecks({ config, secret: SECRET, now });
}

test('[L4] [C1] what a check gets ends after a minute and names neither a session nor the person', () => {
	const ticket = checks(() => 5_000).make('liam');
	expect(ticket.expiresAt).toBe(65_000);
	expect(verifyTicket(SECRET, ticket.token, 64_999)?.sessionId).toBe('connection-check');
	expect(verifyTicket(SECRET, ticket.token, 65_000)).toBeNull();
	const [turn] = ticket.iceServers;
	expect(turn?.username).toBe(`65:${ticket.peerId}`);
	expect(turn?.username).not.toContain('liam');
});

test('[S3] somebody who checks again and again has to wait, and nobody else', () => {
	let now = 0;
	const { make } = checks(() => now);
	for (let i = 0; i < 12; i += 1) make('liam');
	expect(() => make('liam')).toThrow('too much at once');
	expect(make('maya').peerId).not.toBe('');
	now += 20_000;
	expect(make('liam').expiresAt).toBe(80_000);
	expect(() => make('liam')).toThrow('too much at once');
});

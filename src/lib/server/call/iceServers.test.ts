import { expect, test } from 'vitest';
import { iceServersFor } from './iceServers.ts';

test('[C1] nothing is contacted by default', () => {
	expect(iceServersFor({ STUN_URLS: [], TURN_URLS: [] }, 'seat', 0)).toEqual([]);
});

test('[C1] TURN credentials are what a coturn with this secret expects', () => {
	const servers = iceServersFor(
		{ STUN_URLS: ['stun:s.test'], TURN_URLS: ['turn:t.test'], TURN_SECRET: 'north' },
		'seat1',
		1_700_000_000_999
	);
	// printf '1700000000:seat1' | openssl dgst -sha1 -hmac north -binary | base64
	expect(servers).toEqual([
		{ urls: ['stun:s.test'] },
		{ urls: ['turn:t.test'], username: '1700000000:seat1', credential: 'fxaKVlYGkgOj1QYCzTtxGOLbB9U=' }
	]);
});

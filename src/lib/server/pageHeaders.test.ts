import { expect, test } from 'vitest';
import { pageHeaders, withPeerServer } from './pageHeaders.ts';

test('[S5] HTTPS for good where one comes over HTTPS, and not where one does not', () => {
	const [certificate, secure, plain] = ['own.pem', 'https://learn.example.org', 'http://localhost:3000'];
	for (const config of [{ ORIGIN: secure }, { TLS_CERT_FILE: certificate }])
		expect(pageHeaders(config)).toHaveProperty('Strict-Transport-Security', 'max-age=63072000');
	for (const config of [{ ORIGIN: plain }, {}, { ORIGIN: plain, TLS_CERT_FILE: certificate }])
		expect(pageHeaders(config)).not.toHaveProperty('Strict-Transport-Security');
});

test('[S5] camera, microphone and screen are ours alone', () => {
	const permissions = pageHeaders({})['Permissions-Policy'];
	expect(permissions).toContain('camera=(self), microphone=(self), display-capture=(self)');
	expect(permissions).toContain('geolocation=()');
});

test('[S5] a PeerServer of its own may be connected to, by its origin only', () => {
	const policy = "default-src 'none'; connect-src 'self'; form-action 'self'";
	expect(withPeerServer(policy, undefined)).toBe(policy);
	expect(withPeerServer(policy, 'https://peers.example.org/')).toBe(
		"default-src 'none'; connect-src 'self' https://peers.example.org wss://peers.example.org; form-action 'self'"
	);
});

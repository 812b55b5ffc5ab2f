import { isServedSecurely, type Config } from './config.ts';

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Of whatever is no page: opened by itself it loads nothing, runs nothing and belongs to nobody. */
export const FILE_POLICY = `${NOTHING}; sandbox`;

/**
 * What every answer says to browsers, pages and files alike. Pages have a policy of their own (svelte.config.js); the one here
 * is for what has none, of which the last page, when everything else failed (src/error.html), needs its style sheet.
 */
export function pageHeaders(config: Pick<Config, 'ORIGIN' | 'TLS_CERT_FILE'>): Record<string, string> {
	return {
		'Content-Security-Policy': `${NOTHING}; style-src 'self'; img-src 'self'`,
		'X-Content-Type-Options': 'nosniff',
		'X-Frame-Options': 'DENY',
		'Referrer-Policy': 'same-origin',
		'Cross-Origin-Opener-Policy': 'same-origin',
		'Cross-Origin-Resource-Policy': 'same-origin',
		'Permissions-Policy': permissions(),
		// Once somebody came over HTTPS they come over HTTPS only (RFC 6797); two years, as browsers' own lists ask for.
		...(isServedSecurely(config) && { 'Strict-Transport-Security': 'max-age=63072000' })
	};
}

/** What a lesson needs, and nothing else that asks people for something. */
function permissions(): string {
	const ours = ['camera', 'microphone', 'display-capture', 'fullscreen', 'picture-in-picture', 'autoplay'];
	// Only what Chromium knows on every system: of all else it warns on each page.
	const nobodys = ['geolocation', 'payment', 'usb', 'serial', 'hid', 'midi', 'publickey-credentials-get'];
	return [...ours.map((name) => `${name}=(self)`), ...nobodys.map((name) => `${name}=()`)].join(', ');
}

/** The pages' policy, in which a PeerServer in a process of its own may be connected to. */
export function withPeerServer(policy: string, peerServerUrl: string | undefined): string {
	if (!peerServerUrl) return policy;
	const { origin } = new URL(peerServerUrl);
	return policy.replace(
		"connect-src 'self'",
		`connect-src 'self' ${origin} ${origin.replace(/^http/, 'ws')}`
	);
}

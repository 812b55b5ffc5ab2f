import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What proxies add when they hand something on. */
const HANDED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether the figures are for whoever asks: with `METRICS_TOKEN` for those who present it, and for nobody else; without it
 * for programs on this machine that ask directly. A proxy on this machine hands on what strangers ask, and says so in a header.
 */
export function mayReadMetrics(
	token: string | undefined,
	{ headers, address }: { headers: IncomingHttpHeaders; address: string | undefined }
): boolean {
	if (token !== undefined) {
		const given = Buffer.from(headers.authorization ?? '');
		const expected = Buffer.from(`Bearer ${token}`);
		return given.length === expected.length && timingSafeEqual(given, expected);
	}
	return isLoopback(address) && !HANDED_ON.some((name) => headers[name] !== undefined);
}

function isLoopback(address: string | undefined): boolean {
	return address !== undefined && /^(::1|(::ffff:)?127(\.\d+){3})$/i.test(address);
}

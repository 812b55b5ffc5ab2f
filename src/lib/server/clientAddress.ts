import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Behind `trustedProxies` proxies it is what the outermost of them wrote into `X-Forwarded-For`: each
 * adds the address it sees at the right, and whatever stands further left was written by whoever asks.
 */
export function clientAddress(
	{ headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } },
	trustedProxies: number
): string {
	const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
	const given = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined;
	return given || (socket.remoteAddress ?? 'unknown');
}

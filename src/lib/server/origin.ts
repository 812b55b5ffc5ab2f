import type { IncomingMessage } from 'node:http';

/**
 * Whether a handshake comes from one of our own pages. With `ORIGIN` set it must be exactly that; without it
 * (development, demo) it must name the host that was asked. A missing Origin is foreign: browsers always send one.
 */
export function createOriginCheck(origin: string | undefined) {
	return (request: IncomingMessage): boolean => {
		const given = request.headers.origin;
		if (!given) return false;
		if (origin) return given === origin;
		return URL.canParse(given) && new URL(given).host === request.headers.host;
	};
}

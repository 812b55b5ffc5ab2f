import { z } from 'zod';
import type { PeerStanding } from './standing.ts';

/** Where the app answers. */
export const STANDINGS_PATH = '/peerjs/standings';

/** ms. */
const PATIENCE = 2_000;
const answer = z.object({ standings: z.array(z.enum(['seated', 'unseated', 'over'])) });

/** Asks the app at `address` what tickets are worth. It throws when it gets no answer. */
export function askApp(address: string): (tokens: string[]) => Promise<PeerStanding[]> {
	const url = new URL(STANDINGS_PATH, address);
	return async (tokens) => {
		if (tokens.length === 0) return [];
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ tickets: tokens }),
			redirect: 'error',
			signal: AbortSignal.timeout(PATIENCE)
		});
		if (!response.ok) throw new Error(`The app at ${url.origin} answered ${response.status}.`);
		return answer.parse(await response.json()).standings;
	};
}

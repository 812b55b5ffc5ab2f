/** How long an answer may take, ms, try by try and again from the start, as with the sockets (`promptWebSocket.ts`). */
const PATIENCE = [1_500, 1_500, 1_500, 8_000];
/** A try younger than this may well be one that was made after the network came back, ms. */
const JUST_NOW = 250;
/** So often the socket is tried without asking, should only the way of asking be broken, ms. */
const TRUST = 60_000;

/** Asks a server by HTTP whether it is there, so that no WebSocket is tried in vain. */
export interface Knock {
	/** @throws whatever `fetch` throws, or an Error, when nobody answers in time */
	answered(): Promise<void>;
	/** Gives up one that hangs. */
	giveUp(): void;
}

/**
 * Browsers punish WebSockets that fail: Chromium keeps back each further one of the page for 1 to 5 s after some 15
 * failures (measured), Firefox for up to a minute. A request that fails costs nothing, so after the first try a
 * request goes ahead. Without cookies, because nobody needs to be known for it.
 */
export function createKnock(url: string, now: () => number = () => performance.now()): Knock {
	let tries = 0;
	let trustedAt = now();
	let waiting: { controller: AbortController; since: number } | null = null;
	return {
		async answered() {
			if (now() - trustedAt > TRUST) {
				trustedAt = now();
				return;
			}
			const controller = new AbortController();
			const mine = { controller, since: now() };
			waiting = mine;
			const timer = setTimeout(() => controller.abort(), PATIENCE[tries++ % PATIENCE.length]);
			try {
				const answer = await fetch(url, {
					// Another origin does not let its answer be read (status 0): that there is one is enough.
					...{ method: 'HEAD', mode: 'no-cors', cache: 'no-store', credentials: 'omit' },
					signal: controller.signal
				});
				// What stands in front of a server answers for it while it is away (502, 503); anything else is an answer.
				if (answer.status >= 500) throw new Error(`The server answers ${answer.status}.`);
				tries = 0;
				trustedAt = now();
			} finally {
				clearTimeout(timer);
				if (waiting === mine) waiting = null;
			}
		},
		giveUp() {
			if (waiting && now() - waiting.since >= JUST_NOW) waiting.controller.abort();
		}
	};
}

type Fetch = typeof globalThis.fetch;

/** Try by try, ms: a restart takes less than a second, an outage may take long. */
const PAUSES = [200, 400, 800, 1_600, 3_000];
/** What stands in front of a server answers for it while it is away. */
const AWAY = [502, 503, 504];

/**
 * A `fetch` that asks for a page's data until the server has answered, whole: SvelteKit replaces a page whose data could
 * not be read anew by the browser's own error page, with everything that was typed or is on its way. Anything else but
 * page data is asked for once, as before.
 */
export function patientFetch(deps: {
	fetch: Fetch;
	/** Resolves after `ms`, or earlier when another try looks promising. */
	pause: (ms: number) => Promise<void>;
	/** Told at each failure and at the answer after it. */
	onAway: (away: boolean) => void;
}): Fetch {
	const { fetch, pause, onAway } = deps;
	return async (input, init) => {
		if (!isPageData(input, init)) return fetch(input, init);
		for (let attempt = 0; ; attempt += 1) {
			const answer = await wholeAnswer(() => fetch(input, init)).catch((error: unknown) => {
				if (init?.signal?.aborted) throw error;
				return null;
			});
			if (answer && !AWAY.includes(answer.status)) {
				if (attempt > 0) onAway(false);
				return answer;
			}
			onAway(true);
			await pause(PAUSES[Math.min(attempt, PAUSES.length - 1)]!);
		}
	};
}

function isPageData(input: Parameters<Fetch>[0], init: RequestInit | undefined): boolean {
	if (init?.method && init.method !== 'GET') return false;
	const address = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
	return URL.parse(address, 'http://page')?.pathname.endsWith('/__data.json') ?? false;
}

/** A server that dies in the middle of an answer has not answered. */
async function wholeAnswer(ask: () => Promise<Response>): Promise<Response> {
	const answer = await ask();
	const { status, statusText, headers } = answer;
	return new Response(await answer.blob(), { status, statusText, headers });
}

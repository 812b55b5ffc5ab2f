import type { ConflictQuery } from '../../lib/shared/planning.ts';
import type { TimeCheck } from './plannedTime.ts';

/** Nothing is asked while somebody still types, ms. */
const STILL = 350;

/**
 * Asks the server what is in the way of a time, while one chooses it. `query` is read reactively; null asks nothing. A
 * warning that cannot be fetched is no reason to stop anybody: then there is none.
 */
export function createTimeCheck(query: () => ConflictQuery | null) {
	let found = $state.raw<{ key: string; check: TimeCheck } | null>(null);
	const key = $derived(JSON.stringify(query()));

	$effect(() => {
		const asked = key;
		if (asked === 'null' || found?.key === asked) return;
		const leaving = new AbortController();
		const timer = setTimeout(() => {
			void ask(asked, leaving.signal).then((check) => {
				if (check && !leaving.signal.aborted) found = { key: asked, check };
			});
		}, STILL);
		return () => {
			clearTimeout(timer);
			leaving.abort();
		};
	});

	return {
		/** What was found for just what stands in the form now. */
		get current(): TimeCheck | null {
			return found?.key === key ? found.check : null;
		},
		/** What was found last: does not flicker while one goes on typing. */
		get last(): TimeCheck | null {
			return key === 'null' ? null : (found?.check ?? null);
		}
	};
}

async function ask(body: string, signal: AbortSignal): Promise<TimeCheck | null> {
	try {
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch('/sessions/conflicts', { method: 'POST', body, headers, signal });
		return answer.ok ? ((await answer.json()) as TimeCheck) : null;
	} catch {
		return null;
	}
}

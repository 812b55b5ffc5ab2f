/** When it is tried again after so many failures in a row, ms: half a second, one, two … half a minute. */
export function pauseMs(attempt: number, random: () => number): number {
	const full = Math.min(30_000, 500 * 2 ** Math.min(attempt - 1, 10));
	return full * (0.75 + random() / 2);
}

/** Sooner when the browser says that there is a network again. Resolves at once when `signal` stops it. */
export function waitToTryAgain(attempt: number, signal: AbortSignal): Promise<void> {
	return new Promise((done) => {
		const timer = setTimeout(finish, pauseMs(attempt, Math.random));
		addEventListener('online', finish);
		signal.addEventListener('abort', finish);
		if (signal.aborted) finish();
		function finish() {
			clearTimeout(timer);
			removeEventListener('online', finish);
			signal.removeEventListener('abort', finish);
			done();
		}
	});
}

import { patientFetch } from './patientFetch.ts';

let away = $state(false);

/** Whether data of this page is being waited for because the server does not answer. */
export const serverAway = {
	get current(): boolean {
		return away;
	}
};

/** From now on pages wait for their data instead of giving way to the browser's error page. Once, at the start. */
export function waitForServer(): void {
	window.fetch = patientFetch({
		fetch: window.fetch.bind(window),
		pause,
		onAway: (is) => (away = is)
	});
}

/** Ends early when the network is back or somebody looks at the page again. */
function pause(ms: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(done, ms);
		window.addEventListener('online', done);
		document.addEventListener('visibilitychange', done);
		function done(): void {
			clearTimeout(timer);
			window.removeEventListener('online', done);
			document.removeEventListener('visibilitychange', done);
			resolve();
		}
	});
}

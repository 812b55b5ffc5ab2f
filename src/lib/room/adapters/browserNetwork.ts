import type { Network } from '../ports.ts';

/** Runs `listener` when the network may be back: online again, or the page comes to the front or out of a sleep. */
export function onWake(listener: () => void): () => void {
	const wake = () => {
		if (document.visibilityState === 'visible') listener();
	};
	window.addEventListener('online', listener);
	window.addEventListener('pageshow', listener);
	document.addEventListener('visibilitychange', wake);
	return () => {
		window.removeEventListener('online', listener);
		window.removeEventListener('pageshow', listener);
		document.removeEventListener('visibilitychange', wake);
	};
}

/** What the browser says about its network. */
export function browserNetwork(): Network {
	return {
		isOnline: () => navigator.onLine,
		onChange(listener) {
			const stopWaking = onWake(listener);
			window.addEventListener('offline', listener);
			return () => {
				stopWaking();
				window.removeEventListener('offline', listener);
			};
		}
	};
}

/**
 * The server's time, going on while the page is open: ms since the epoch, fresh once a second.
 * The device's own clock may be wrong; only how much of it has passed is used.
 */
export function createServerClock(serverNow: () => number) {
	const read = $derived({ server: serverNow(), local: performance.now() });
	let passed = $state(0);
	$effect(() => {
		const beginning = read;
		passed = 0;
		const timer = setInterval(() => (passed = performance.now() - beginning.local), 1_000);
		return () => clearInterval(timer);
	});
	return {
		get now() {
			return read.server + passed;
		}
	};
}

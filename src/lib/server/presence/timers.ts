/** Time as something one can pass in, so that tests move it. Milliseconds; both return the way to stop. */
export interface Timers {
	after(ms: number, run: () => void): () => void;
	every(ms: number, run: () => void): () => void;
}

/** The machine's own timers; none of them keeps the process alive. */
export const realTimers: Timers = {
	after(ms, run) {
		const timer = setTimeout(run, ms);
		timer.unref();
		return () => clearTimeout(timer);
	},
	every(ms, run) {
		const timer = setInterval(run, ms);
		timer.unref();
		return () => clearInterval(timer);
	}
};

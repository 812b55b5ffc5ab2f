import { schedule } from 'node-cron';

/** Work that looks at the clock by itself: it is only asked whether something is due. */
export interface Duty {
	name: string;
	run(): Promise<unknown>;
}

export interface Schedule {
	/** No further ticks; resolves when what is running is done. */
	stop(): Promise<void>;
}

/** node-cron writes to the console otherwise; a missed tick loses nothing, because work stands in the database. */
const SILENT = {
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	debug: () => undefined
};

/** The clock is looked at so long after each tick: shortly before the next one, ms. */
const LOOK_AFTER_MS = 950;
/** Where more than this seems to have passed by then, the clock was set or the machine was asleep, ms. */
const CLOCK_MOVED_MS = 3_000;

/**
 * Asks each duty at once (for what fell due while no server ran) and then every second. A duty never overlaps with
 * itself, and a slow one does not delay the others: sessions end on time while mails are being sent.
 */
export function startSchedule(
	duties: readonly Duty[],
	onError: (error: unknown, duty: string) => void
): Schedule {
	const running = new Map<string, Promise<void>>();

	function tick(): void {
		for (const { name, run } of duties) {
			if (running.has(name)) continue;
			const work = Promise.resolve()
				.then(run)
				.catch((error: unknown) => onError(error, name))
				.then(() => void running.delete(name));
			running.set(name, work);
		}
	}

	let lastTick = Date.now();
	let look: NodeJS.Timeout | undefined;
	function lookLater(): void {
		clearTimeout(look);
		look = setTimeout(() => {
			const since = Date.now() - lastTick;
			if (since < 0 || since > CLOCK_MOVED_MS) beginAnew();
			lookLater();
		}, LOOK_AFTER_MS).unref();
	}
	const begin = () =>
		schedule(
			'* * * * * *',
			() => {
				lastTick = Date.now();
				lookLater();
				tick();
			},
			{ timezone: 'UTC', logger: SILENT }
		);
	let task = begin();

	/**
	 * node-cron waits for a time of day. Where the clock is set back it would wait until that comes again; where it is far
	 * ahead it would go through each second that was missed, and nothing else would go on meanwhile.
	 */
	function beginAnew(): void {
		void task.destroy();
		task = begin();
		lastTick = Date.now();
		tick();
	}

	lookLater();
	tick();
	return {
		async stop() {
			clearTimeout(look);
			await task.destroy();
			await Promise.all(running.values());
		}
	};
}

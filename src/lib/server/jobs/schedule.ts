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

	const task = schedule('* * * * * *', tick, { timezone: 'UTC', logger: SILENT });
	tick();
	return {
		async stop() {
			await task.destroy();
			await Promise.all(running.values());
		}
	};
}

// Plain JavaScript: it also runs before anything is installed, on whatever Node the machine has (20 or newer).

const QUIET_MS = 10_000;

/**
 * Runs a long piece of work and shows that it goes on: a line at the start, a sign of life every ten seconds,
 * the time at the end. Rejects with what the work rejects with.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function progress(title, work) {
	const startedAt = Date.now();
	const seconds = () => `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
	process.stdout.write(`▸ ${title} …\n`);
	const alive = setInterval(() => process.stdout.write(`  … ${title}, ${seconds()}\n`), QUIET_MS);
	try {
		const result = await work();
		process.stdout.write(`  done in ${seconds()}\n`);
		return result;
	} catch (error) {
		process.stdout.write(`  failed after ${seconds()}\n`);
		throw error;
	} finally {
		clearInterval(alive);
	}
}

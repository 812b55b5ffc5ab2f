import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from './startDemo.ts';

/** As the demo leaves it at its first start: made once for a run, because to make it takes longer than to start a server. */
const FIRST = '.cache/sampleFolder';

export async function makeSampleFolder(): Promise<void> {
	await rm(FIRST, { recursive: true, force: true });
	const demo = await startDemo({ dataDir: FIRST });
	await demo.stop();
}

/** A folder with the sample people and lessons, for one server alone. */
export async function sampleFolder(): Promise<string> {
	const own = await emptyFolder();
	await cp(FIRST, own, { recursive: true });
	return own;
}

/** The same for a server that makes its sample data itself: outside of tests nobody has made any, or long ago. */
export function emptyFolder(): Promise<string> {
	return mkdtemp(join(tmpdir(), 'peerlearn-world-'));
}

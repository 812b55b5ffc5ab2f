import { ensureBuilt } from '../../scripts/buildApp.ts';
import { makeSampleFolder } from './sampleFolder.ts';

/** Before tests that run against the built server: build when the sources changed, and sample data for all of them. */
export default async function setup(): Promise<void> {
	await ensureBuilt();
	await makeSampleFolder();
}

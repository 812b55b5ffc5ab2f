import { ensureBuilt } from '../../scripts/buildApp.ts';

/** Before tests that run against the built server: build when the sources changed. */
export default async function setup(): Promise<void> {
	await ensureBuilt();
}

import { spawnSync } from 'node:child_process';
import { installPackage } from './systemPackage.ts';

/** Sees to it that tests with a TURN server find coturn, where it can be installed. Those that do not say so themselves. */
export async function ensureTurnServer(): Promise<void> {
	if (!hasTurnServer()) await installPackage('coturn', 'a TURN server for the tests (coturn)');
}

/** Whether `turnserver` can be started. Its version is told with a code that differs between versions. */
export function hasTurnServer(): boolean {
	return spawnSync('turnserver', ['--version'], { stdio: 'ignore' }).error === undefined;
}

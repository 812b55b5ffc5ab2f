import { writeSync } from 'node:fs';
import { loggedError } from '../src/lib/server/loggedError.ts';

/**
 * A mistake of ours that nothing has caught still ends the process, as Node does it: whatever starts it again finds a clean
 * one. But Node would print the error with everything in it, bound values of a query included (spec S7).
 */
export function sayLastWords(): void {
	process.on('uncaughtException', (error: unknown) => {
		const line = {
			level: 60,
			time: Date.now(),
			err: loggedError(error),
			msg: 'an error that nothing caught'
		};
		writeSync(2, `${JSON.stringify(line)}\n`);
		process.exit(1);
	});
}

import { test } from 'vitest';

declare module 'vitest' {
	interface TaskMeta {
		/** Why this machine cannot run the test; the closing lines of the run say so (spec O2). */
		impossible?: string;
	}
}

/** A test that some machines make impossible: `impossible` says why, null where it can run. */
export function testUnless(impossible: string | null, name: string, body: () => Promise<void>): void {
	test(name, async (context) => {
		if (impossible === null) return body();
		context.task.meta.impossible = impossible;
		context.skip(impossible);
	});
}

import { vi } from 'vitest';

/** Waits until an assertion holds, at most `timeout` ms: long enough for a busy machine, over as soon as it is true. */
export function until<T>(assertion: () => T | Promise<T>, timeout = 30_000): Promise<T> {
	return vi.waitFor(assertion, { timeout, interval: 10 });
}

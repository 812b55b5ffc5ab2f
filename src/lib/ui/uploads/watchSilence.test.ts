import { expect, test, vi } from 'vitest';
import { SILENT_MS, watchSilence } from './watchSilence.ts';

test('[F3] a line on which nothing moves any more is given up, one that gets on is not', () => {
	vi.useFakeTimers();
	try {
		const onSilence = vi.fn();
		const silence = watchSilence(onSilence);
		for (let look = 0; look < 3; look += 1) {
			vi.advanceTimersByTime(SILENT_MS - 1);
			silence.heard();
		}
		expect(onSilence).not.toHaveBeenCalled();
		vi.advanceTimersByTime(SILENT_MS);
		expect(onSilence).toHaveBeenCalledOnce();
		silence.heard();
		silence.stop();
		vi.advanceTimersByTime(2 * SILENT_MS);
		expect(onSilence).toHaveBeenCalledOnce();
	} finally {
		vi.useRealTimers();
	}
});

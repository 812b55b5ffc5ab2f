import { expect, test } from 'vitest';
import type { DeviceView } from '../../lib/room/roomView.ts';
import { setupSummary } from './setupWords.ts';

const on: DeviceView = { name: 'on' };
const off: DeviceView = { name: 'off' };
const failed: DeviceView = { name: 'failed', failure: 'denied', available: false, accepted: false };

test('[L4] one sentence says whether everything works, or what is to be done next', () => {
	const text = (...given: Parameters<typeof setupSummary>) => setupSummary(...given).text;
	const both = { camera: on, microphone: on };
	expect(text(both, true, 'good')).toBe('Everything works. You are ready for your lesson.');
	expect(text({ camera: off, microphone: off }, false, 'good')).toMatch(
		/^Turn on your camera and microphone/
	);
	expect(text(both, false, 'good')).toMatch(/^Say something/);
	expect(text({ camera: on, microphone: { name: 'muted' } }, true, 'good')).toMatch(/^Everything works/);
	expect(text({ camera: on, microphone: off }, false, 'good')).toMatch(/^Unmute/);
	expect(text({ camera: off, microphone: on }, true, 'good')).toMatch(/Turn on your camera/);
	expect(text(both, true, 'running')).toMatch(/being checked…$/);
	expect(setupSummary(both, true, 'limited').tone).toBe('good');
	expect(setupSummary(both, true, 'failed').tone).toBe('trouble');
	expect(text({ camera: failed, microphone: on }, true, 'good')).toMatch(/^Your camera does not work yet/);
	expect(text({ camera: failed, microphone: failed }, false, 'good')).toMatch(
		/^Your camera and microphone do not/
	);
});

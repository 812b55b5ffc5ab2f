import type { CheckVerdict } from '../../lib/room/check/checkState.ts';
import type { DevicesView } from '../../lib/room/roomView.ts';

/** All that was tested in one sentence. `open`: something is still to be done. */
export interface SetupSummary {
	tone: 'good' | 'open' | 'trouble';
	text: string;
}

const NO_DEVICE = 'Your camera and microphone do not work yet: see what helps below.';
const NO_MICROPHONE = 'Your microphone does not work yet: see what helps below.';
const NO_CAMERA = 'Your camera does not work yet: see what helps below.';

/** `heard`: the microphone has given a voice since it was turned on. */
export function setupSummary(
	{ camera, microphone }: Pick<DevicesView, 'camera' | 'microphone'>,
	heard: boolean,
	connection: CheckVerdict
): SetupSummary {
	if (connection === 'failed')
		return {
			tone: 'trouble',
			text: 'Something is in the way of a lesson: see what helps under “Connection”.'
		};
	const blind = camera.name === 'failed';
	if (microphone.name === 'failed') return { tone: 'trouble', text: blind ? NO_DEVICE : NO_MICROPHONE };
	if (blind) return { tone: 'trouble', text: NO_CAMERA };
	const held = microphone.name === 'on' || microphone.name === 'muted';
	if (!held && camera.name !== 'on')
		return { tone: 'open', text: 'Turn on your camera and microphone to test them.' };
	if (!held) return { tone: 'open', text: 'Unmute your microphone to test it.' };
	if (!heard) return { tone: 'open', text: 'Say something, so that we can tell whether you are heard.' };
	if (camera.name !== 'on')
		return { tone: 'open', text: 'You are heard. Turn on your camera to test it too.' };
	if (connection === 'running' || connection === 'unchecked')
		return { tone: 'open', text: 'Your devices work. The connection is being checked…' };
	if (connection === 'limited')
		return {
			tone: 'good',
			text: 'Everything works here. In networks that let no direct call through it may not.'
		};
	return { tone: 'good', text: 'Everything works. You are ready for your lesson.' };
}

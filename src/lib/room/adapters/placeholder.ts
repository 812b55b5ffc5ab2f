/** Small, because nobody looks at it; black. */
const WIDTH = 320;
const HEIGHT = 180;
/** Often enough that a new call gets its first picture soon, ms. */
const FRAME = 100;

/** A black picture that keeps coming and a silence that keeps being sent (spec C8). Ends when its tracks are stopped. */
export function makePlaceholder(): { audio: MediaStreamTrack; video: MediaStreamTrack } {
	return { audio: silence(), video: blackness() };
}

function blackness(): MediaStreamTrack {
	const canvas = document.createElement('canvas');
	canvas.width = WIDTH;
	canvas.height = HEIGHT;
	const context = canvas.getContext('2d');
	const track = canvas.captureStream(1000 / FRAME).getVideoTracks()[0];
	if (!track) throw new Error('A canvas stream without a track');
	const draw = () => {
		if (!context) return;
		context.fillStyle = '#000';
		context.fillRect(0, 0, WIDTH, HEIGHT);
	};
	draw();
	// A canvas that is not drawn to sends nothing.
	const timer = setInterval(() => (track.readyState === 'live' ? draw() : clearInterval(timer)), FRAME);
	return track;
}

function silence(): MediaStreamTrack {
	const context = new AudioContext();
	const source = new ConstantSourceNode(context, { offset: 0 });
	const destination = context.createMediaStreamDestination();
	source.connect(destination);
	source.start();
	const track = destination.stream.getAudioTracks()[0];
	if (!track) throw new Error('An audio destination without a track');
	wakeWithGesture(context);
	const stop = track.stop.bind(track);
	// Nothing tells an audio context that its only track was stopped, and browsers allow few contexts.
	track.stop = () => {
		stop();
		void context.close().catch(() => undefined);
	};
	return track;
}

/** Browsers start audio only after the person has touched the page; until then nothing would be sent. */
function wakeWithGesture(context: AudioContext): void {
	const wake = () => {
		if (context.state === 'suspended') void context.resume().catch(() => undefined);
		else {
			for (const name of GESTURES) document.removeEventListener(name, wake, true);
		}
	};
	for (const name of GESTURES) document.addEventListener(name, wake, true);
	wake();
}

const GESTURES = ['pointerdown', 'keydown', 'touchend'] as const;

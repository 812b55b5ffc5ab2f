import { makeSilence } from './silence.ts';

/** Small, because nobody looks at it; black. */
const WIDTH = 160;
const HEIGHT = 90;
/** Often enough that a new call gets its first picture soon, ms. */
const FRAME = 50;

/** A black picture that keeps coming and a silence that keeps being sent (spec C8). Ends when its tracks are stopped. */
export function makePlaceholder(): { audio: MediaStreamTrack; video: MediaStreamTrack } {
	return { audio: makeSilence(), video: blackness() };
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

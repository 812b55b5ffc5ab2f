import { BLANK_HEIGHT, BLANK_WIDTH } from '../blank.ts';
import { makeSilence } from './silence.ts';

/** Often enough that a new call gets its first picture soon, ms. */
const FRAME = 50;

/** A black picture that keeps coming and a silence that keeps being sent (spec C8). Ends when its tracks are stopped. */
export function makePlaceholder(): { audio: MediaStreamTrack; video: MediaStreamTrack } {
	return { audio: makeSilence(), video: blackness() };
}

function blackness(): MediaStreamTrack {
	const canvas = document.createElement('canvas');
	canvas.width = BLANK_WIDTH;
	canvas.height = BLANK_HEIGHT;
	const context = canvas.getContext('2d');
	const track = canvas.captureStream(1000 / FRAME).getVideoTracks()[0];
	if (!track) throw new Error('A canvas stream without a track');
	const draw = () => {
		if (!context) return;
		context.fillStyle = '#000';
		context.fillRect(0, 0, BLANK_WIDTH, BLANK_HEIGHT);
	};
	draw();
	// A canvas that is not drawn to sends nothing.
	const timer = setInterval(() => (track.readyState === 'live' ? draw() : clearInterval(timer)), FRAME);
	return track;
}

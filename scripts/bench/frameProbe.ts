/** What the probe notes in a page, all in ms since the epoch. */
export interface Marks {
	/** Resolves with the moment of the click on “Start session”. */
	clicked: Promise<number>;
	/** Resolves with the first presented frame of somebody else's video, once that video can be seen. */
	firstFrame: Promise<number>;
	/** What `getUserMedia` was last asked for. */
	constraints: MediaStreamConstraints | null;
}

declare global {
	interface Window {
		benchMarks: Marks;
	}
}

/** Runs in a page before its own scripts, in the product and in the baseline alike. */
export function installFrameProbe(): void {
	let onClick: (at: number) => void;
	let onFrame: (at: number) => void;
	const marks: Marks = {
		clicked: new Promise((done) => (onClick = done)),
		firstFrame: new Promise((done) => (onFrame = done)),
		constraints: null
	};
	window.benchMarks = marks;

	document.addEventListener(
		'click',
		(event) => {
			const button = event.target instanceof Element ? event.target.closest('button') : null;
			// The event's own time: from the finger, not from when a busy page came round to it.
			if (button?.textContent?.includes('Start session')) onClick(performance.timeOrigin + event.timeStamp);
		},
		true
	);

	const watched = new WeakSet<HTMLVideoElement>();
	function watch(video: HTMLVideoElement): void {
		video.requestVideoFrameCallback(() => {
			const label = video.getAttribute('aria-label') ?? '';
			if (!label.startsWith('Video of ')) return;
			if (video.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
				onFrame(performance.timeOrigin + performance.now());
			else watch(video);
		});
	}
	new MutationObserver(() => {
		for (const video of document.querySelectorAll('video')) {
			if (watched.has(video)) continue;
			watched.add(video);
			watch(video);
		}
	}).observe(document, { childList: true, subtree: true });

	// Pages without HTTPS have no devices; ours here are on the loopback address and do.
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (!devices) return;
	const getUserMedia = devices.getUserMedia.bind(devices);
	devices.getUserMedia = (constraints = {}) => {
		marks.constraints = constraints;
		return getUserMedia(constraints);
	};
}

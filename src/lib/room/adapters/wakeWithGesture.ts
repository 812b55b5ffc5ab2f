const GESTURES = ['pointerdown', 'keydown', 'touchend'] as const;

/** Browsers hold an audio context back until the person has touched the page: wakes it then. Answers the way to give up. */
export function wakeWithGesture(context: AudioContext): () => void {
	const stop = () => {
		for (const name of GESTURES) document.removeEventListener(name, wake, true);
	};
	function wake(): void {
		if (context.state === 'suspended') void context.resume().catch(() => undefined);
		else stop();
	}
	for (const name of GESTURES) document.addEventListener(name, wake, true);
	wake();
	return stop;
}

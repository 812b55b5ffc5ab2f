import type { Attachment } from 'svelte/attachments';

/**
 * Feeds a `<video>` with a stream and plays it. `muted` is set as a property, because the attribute only
 * tells how an element starts. `onBlocked` is called when the browser refuses to play sound before somebody
 * touched the page; playing it muted is allowed then.
 */
export function mediaSource(
	stream: MediaStream | null,
	muted: boolean,
	onBlocked: () => void = () => {}
): Attachment<HTMLVideoElement> {
	return (video) => {
		let current = true;
		video.muted = muted;
		// Setting the same stream again would show a black flash.
		if (video.srcObject !== stream) video.srcObject = stream;
		if (stream) {
			video.play().catch((error: unknown) => {
				// `AbortError` only says that a newer stream came in between.
				if (current && !muted && error instanceof DOMException && error.name === 'NotAllowedError')
					onBlocked();
			});
		}
		return () => {
			current = false;
		};
	};
}

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
		const play = (onRefused: () => void) =>
			void video.play().catch((error: unknown) => {
				// `AbortError` only says that a newer stream came in between.
				if (current && !muted && error instanceof DOMException && error.name === 'NotAllowedError')
					onRefused();
			});
		// Also where a page may play sound Chromium refuses as long as it has not looked at the stream yet.
		const playLooked = () => play(onBlocked);
		if (stream)
			play(() => {
				if (video.readyState > 0) setTimeout(playLooked);
				else video.addEventListener('loadedmetadata', playLooked, { once: true });
			});
		return () => {
			current = false;
		};
	};
}

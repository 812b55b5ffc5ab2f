import { toast } from 'svelte-sonner';
import type { Attachment } from 'svelte/attachments';

/** Plays a video's sound through the chosen speaker; null is the system's choice. Where it is gone that is used, and said. */
export function throughSpeaker(speaker: { id: string; label: string } | null): Attachment<HTMLVideoElement> {
	return (video) => {
		if (!('setSinkId' in video) || video.sinkId === (speaker?.id ?? '')) return;
		video.setSinkId(speaker?.id ?? '').catch((error: unknown) => {
			const isGone = error instanceof DOMException && error.name === 'NotFoundError';
			if (isGone) void video.setSinkId('').catch(() => undefined);
			// Of all videos only one says so. Not allowed is told by nobody: the pickers ask for permission first.
			if (isGone && speaker)
				toast.info(`“${speaker.label}” is not there. You hear through the system’s speaker.`, {
					id: 'speaker'
				});
		});
	};
}

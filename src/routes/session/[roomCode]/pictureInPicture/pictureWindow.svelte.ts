import { createContext, getAllContexts } from 'svelte';
import DoorOpen from '@lucide/svelte/icons/door-open';
import Mic from '@lucide/svelte/icons/mic';
import MicOff from '@lucide/svelte/icons/mic-off';
import PictureInPicture from '@lucide/svelte/icons/picture-in-picture-2';
import Video from '@lucide/svelte/icons/video';
import VideoOff from '@lucide/svelte/icons/video-off';
import { toast } from '$lib/ui/toasts.svelte.ts';
import type { PictureHeights } from '../pictureHeights.ts';
import type { RoomBridge } from '../roomBridge.svelte.ts';
import { rovingFocus } from '../rovingFocus.ts';
import { planStage } from '../stageLayout.ts';
import type { StageView } from '../stageView.svelte.ts';
import Tile from '../Tile.svelte';
import ToolButton from '../ToolButton.svelte';
import WaitingTile from '../WaitingTile.svelte';

/**
 * What the page has already and the small window uses too. It is handed over instead of being imported there: what two parts
 * import becomes files of its own, which the first load pays for.
 */
const PICTURE_PARTS = {
	...{ Tile, ToolButton, WaitingTile, rovingFocus, planStage },
	...{ DoorOpen, Mic, MicOff, PictureInPicture, Video, VideoOff }
};

/** The others in a small window that stays above everything else, while one looks at something else. */
export interface PictureWindow {
	/** Whether this browser has one. */
	readonly possible: boolean;
	readonly open: boolean;
	/** In answer to a press: browsers ask for one. */
	toggle(): Promise<void>;
	close(): void;
}

/** What the window shows and may do. */
export interface PictureDeps {
	bridge: RoomBridge;
	stage: StageView;
	heights: PictureHeights;
	/** What the parts of the page share: those in the small window have a root of their own. */
	context: Map<unknown, unknown>;
	parts: typeof PICTURE_PARTS;
	/** Also when the browser or the person has closed it. */
	onclosed: () => void;
}

/** To be called while a component is made, once everything it shares is there. */
export function createPictureWindow(
	deps: Omit<PictureDeps, 'onclosed' | 'context' | 'parts'>
): PictureWindow {
	const context = getAllContexts<Map<unknown, unknown>>();
	let opened = $state.raw<{ close(): void } | null>(null);

	return {
		possible: 'documentPictureInPicture' in window || document.pictureInPictureEnabled === true,
		get open() {
			return opened !== null;
		},
		async toggle() {
			if (opened) return opened.close();
			try {
				const { openPicture } = await import('./openPicture.ts');
				opened = await openPicture({
					...{ ...deps, context, parts: PICTURE_PARTS },
					onclosed: () => (opened = null)
				});
			} catch {
				toast.error('The small window cannot be opened right now.');
			}
		},
		close() {
			opened?.close();
		}
	};
}

export const [usePictureWindow, providePictureWindow] = createContext<PictureWindow>();

import { createContext } from 'svelte';
import { toast } from 'svelte-sonner';
import type { PictureHeights } from '../pictureHeights.ts';
import type { RoomBridge } from '../roomBridge.svelte.ts';
import type { StageView } from '../stageView.svelte.ts';

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
	/** Also when the browser or the person has closed it. */
	onclosed: () => void;
}

export function createPictureWindow(deps: Omit<PictureDeps, 'onclosed'>): PictureWindow {
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
				opened = await openPicture({ ...deps, onclosed: () => (opened = null) });
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

import Headphones from '@lucide/svelte/icons/headphones';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import LayoutGrid from '@lucide/svelte/icons/layout-grid';
import Maximize from '@lucide/svelte/icons/maximize';
import PictureInPicture from '@lucide/svelte/icons/picture-in-picture-2';
import { canFullScreen, toggleFullScreen } from './fullScreen.ts';
import { usePictureWindow } from './pictureInPicture/pictureWindow.svelte.ts';
import type { MenuEntry } from './RoomMenu.svelte';
import type { RoomWindow } from './RoomWindows.svelte';
import { useStageView } from './stageView.svelte.ts';

/**
 * What “More options” offers about one's devices and about looking at the lesson. To be called while a component is made.
 * @param show opens a window
 * @param screenKey the key for full screen, while there is one
 */
export function stageEntries(
	show: (window: RoomWindow) => void,
	screenKey: () => string | undefined
): () => MenuEntry[] {
	const stage = useStageView();
	const picture = usePictureWindow();
	return () => [
		{
			group: 'own',
			label: 'Devices',
			detail: 'Camera, microphone, speaker and noise.',
			icon: Headphones,
			choose: () => show('devices')
		},
		{
			group: 'own',
			label: 'Layout',
			detail: 'Who is large, and where you are.',
			icon: LayoutGrid,
			choose: () => show('layout')
		},
		{
			group: 'own',
			label: stage.selfHidden ? 'Show self-view' : 'Hide self-view',
			icon: stage.selfHidden ? Eye : EyeOff,
			choose: () => (stage.selfHidden = !stage.selfHidden)
		},
		...(canFullScreen()
			? [
					{
						group: 'own' as const,
						label: stage.full ? 'Leave full screen' : 'Full screen',
						icon: Maximize,
						key: screenKey(),
						choose: toggleFullScreen
					}
				]
			: []),
		...(picture.possible
			? [
					{
						group: 'own' as const,
						label: picture.open ? 'Close picture-in-picture' : 'Picture-in-picture',
						detail: picture.open ? undefined : 'A small window above everything else.',
						icon: PictureInPicture,
						choose: () => void picture.toggle()
					}
				]
			: [])
	];
}

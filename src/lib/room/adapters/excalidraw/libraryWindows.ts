import type { AppState } from '@excalidraw/excalidraw/types';

/** Menus and windows of the drawing library, closed: ours stand around the canvas. A finger that rests opens one too. */
const CLOSED = {
	...{ contextMenu: null, openDialog: null, openMenu: null, openPopup: null, openSidebar: null },
	...{ errorMessage: null, toast: null, showHyperlinkPopup: false as const }
};

/** What has to change so that none of them is open; null when none is. */
export function closedWindows(appState: AppState): Partial<AppState> | null {
	const open = (Object.keys(CLOSED) as (keyof typeof CLOSED)[]).filter(
		(name) => appState[name] !== CLOSED[name]
	);
	const isPasting = appState.pasteDialog.shown;
	if (open.length === 0 && !isPasting) return null;
	return {
		...Object.fromEntries(open.map((name) => [name, CLOSED[name]])),
		...(isPasting ? { pasteDialog: { shown: false as const, data: null } } : {})
	};
}

/** Whether this browser lets a page have the whole screen; telephones often do not. */
export function canFullScreen(): boolean {
	return document.fullscreenEnabled === true;
}

/** All of the page, so that dialogs, menus and toasts stay in sight. Called in answer to a press or a key. */
export async function toggleFullScreen(): Promise<void> {
	if (!canFullScreen()) return;
	try {
		if (document.fullscreenElement) await document.exitFullscreen();
		else await document.documentElement.requestFullscreen();
	} catch {
		// Refused, as within a frame or without a press: everything stays as it is.
	}
}

/** When the room is left, for whoever is in it. */
export function leaveFullScreen(): void {
	if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
}

import type { AppState } from '@excalidraw/excalidraw/types';
import { expect, test } from 'vitest';
import { closedWindows } from './libraryWindows.ts';

const QUIET = {
	...{ contextMenu: null, openDialog: null, openMenu: null, openPopup: null, openSidebar: null },
	...{ errorMessage: null, toast: null, showHyperlinkPopup: false, pasteDialog: { shown: false, data: null } }
};
const state = (more: object = {}) => ({ ...QUIET, ...more }) as unknown as AppState;

test('[X2] whatever window or menu the drawing library opens is closed, and nothing else changes', () => {
	expect(closedWindows(state())).toBeNull();
	expect(closedWindows(state({ contextMenu: { items: [], top: 1, left: 1 } }))).toEqual({
		contextMenu: null
	});
	expect(closedWindows(state({ errorMessage: 'No', openDialog: { name: 'help' } }))).toEqual({
		...{ errorMessage: null, openDialog: null }
	});
	expect(closedWindows(state({ pasteDialog: { shown: true, data: {} } }))).toEqual({
		pasteDialog: { shown: false, data: null }
	});
});

import { CaptureUpdateAction, FONT_FAMILY } from '@excalidraw/excalidraw';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import type { MeasureLine } from '../../board/textLayout.ts';

/** A page that is turned to shows its elements by then, pictures of the screen. */
const PATIENCE = 30;

/** Selects these, takes the tool for it, and brings them into sight; closer is not gone than one is. */
export function showElements(
	api: ExcalidrawImperativeAPI,
	ids: readonly string[],
	patience = PATIENCE
): void {
	const wanted = new Set(ids);
	const found = api.getSceneElements().filter(({ id }) => wanted.has(id));
	if (found.length === 0) {
		if (patience > 0) requestAnimationFrame(() => showElements(api, ids, patience - 1));
		return;
	}
	api.setActiveTool({ type: 'selection' });
	const selectedElementIds = Object.fromEntries(found.map(({ id }) => [id, true] as const));
	const appState = { selectedElementIds } as Partial<AppState> as AppState;
	api.updateScene({ appState, captureUpdate: CaptureUpdateAction.NEVER });
	const { width, height, zoom } = api.getAppState();
	const fits = found.every((one) => one.width < width / zoom.value && one.height < height / zoom.value);
	api.scrollToContent(found, { fitToContent: !fits, animate: false });
}

const families = new Map<number, string>(Object.entries(FONT_FAMILY).map(([name, number]) => [number, name]));
let context: CanvasRenderingContext2D | null = null;

export const measureLine: MeasureLine = (line, fontSize, fontFamily) => {
	context ??= document.createElement('canvas').getContext('2d');
	if (!context) return line.length * fontSize;
	context.font = `${fontSize}px "${families.get(fontFamily) ?? ''}", sans-serif`;
	return context.measureText(line).width;
};

import '@excalidraw/excalidraw/index.css';
import { CaptureUpdateAction, Excalidraw } from '@excalidraw/excalidraw';
import type { AppState, BinaryFileData, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { Board } from '../../board/boardState.ts';
import { restyle } from '../../board/restyle.ts';
import type { Clock, Stop } from '../../ports.ts';
import type { BoardCanvas, CanvasLook, CanvasState } from './boardCanvas.ts';
import { createGivenThings, type GivenThings } from './givenThings.ts';
import { createInkWatch } from './inkWatch.ts';
import { keepKeys } from './keys.ts';
import { closedWindows } from './libraryWindows.ts';
import { keepPalmsOff } from './palms.ts';
import { createPictures } from './pictures.ts';
import { createSceneSync, sceneApi } from './sceneSync.ts';
import { toolState, toolWords } from './tools.ts';
import { measureLine, showElements } from './showElements.ts';
import { createViewSync } from './viewSync.ts';
import { LANGUAGE } from '../../../shared/language.ts';

const NEVER = CaptureUpdateAction.NEVER;

/** Draws the board into `place`: React and the drawing library, which are loaded with this file and nowhere else. */
export function mountCanvas(deps: {
	place: HTMLElement;
	board: Board;
	clock: Clock;
	look: CanvasLook;
	/** CSS colour of a person. */
	colourOf: (userId: string) => string;
	onState: (state: CanvasState) => void;
	/** Something could not be put on the board, in a sentence. */
	onTrouble: (text: string) => void;
	/** Nothing may be put on the board now. */
	onLocked: () => void;
}): Promise<BoardCanvas> {
	const { place, board, clock, colourOf, onState, onTrouble, onLocked } = deps;
	const root = createRoot(place);
	let look = deps.look;
	let holdsLaser = false;
	let receive: ((appState: AppState) => void) | null = null;

	return new Promise((ready) => {
		let api: ExcalidrawImperativeAPI | null = null;

		function render(): void {
			root.render(
				createElement(Excalidraw, {
					excalidrawAPI(given: ExcalidrawImperativeAPI) {
						if (api) return;
						api = given;
						// Not before React has finished mounting.
						setTimeout(() => ready(start(given)));
					},
					onChange: (_elements, appState) => receive?.(appState),
					onPointerUpdate: ({ pointer, button }) => pointed?.(pointer, button),
					onScrollChange: () => scrolled?.(),
					onPaste: async (data) => (await given?.pasted(data)) ?? true,
					onLinkOpen: (_element, event) => event.preventDefault(),
					// The library cannot point in its view mode.
					viewModeEnabled: look.readOnly && !holdsLaser,
					theme: look.dark ? 'dark' : 'light',
					initialData: {
						appState: { viewBackgroundColor: 'transparent', ...toolState(look.pen), zenModeEnabled: false }
					},
					isCollaborating: false,
					validateEmbeddable: false,
					aiEnabled: false,
					handleKeyboardGlobally: false,
					autoFocus: true,
					detectScroll: true,
					// It gives the whole page the direction of its language.
					langCode: LANGUAGE === 'ar' ? 'ar-SA' : LANGUAGE,
					UIOptions: {
						canvasActions: {
							...{ changeViewBackgroundColor: false, clearCanvas: false, export: false, loadScene: false },
							...{ saveToActiveFile: false, saveAsImage: false, toggleTheme: false }
						},
						tools: { image: true }
					}
				})
			);
		}

		let pointed: ((pointer: { x: number; y: number; tool: string }, button: 'up' | 'down') => void) | null =
			null;
		let scrolled: (() => void) | null = null;
		let given: GivenThings | null = null;

		function start(api: ExcalidrawImperativeAPI): BoardCanvas {
			const pictures = createPictures({
				files: board.files,
				add: (data: BinaryFileData[]) => api.addFiles(data)
			});
			const sync = createSceneSync({
				...{ board, clock, api: sceneApi(api, NEVER), pageId: board.state().pageId, soon: nextFrame, nonce },
				onShown: pictures.want,
				onFree: turn
			});
			const ink = createInkWatch(board);
			const view = createViewSync({ board, api, colourOf });
			let told = '';

			receive = (appState) => {
				const closed = closedWindows(appState);
				if (appState.errorMessage !== null) onTrouble('That could not be put on the board.');
				if (closed) api.updateScene({ appState: closed as AppState, captureUpdate: NEVER });
				if (holdsLaser !== (appState.activeTool.type === 'laser')) {
					holdsLaser = !holdsLaser;
					if (look.readOnly) render();
				}
				ink.watch(appState.newElement, sync.pageId());
				sync.changed(api.getSceneElementsIncludingDeleted());
				if (board.state().pageId !== sync.pageId()) turn();
				const state: CanvasState = {
					tool: toolWords(appState),
					zoom: appState.zoom.value,
					selected: Object.keys(appState.selectedElementIds).length
				};
				const now = JSON.stringify(state);
				if (now === told) return;
				told = now;
				onState(state);
			};
			pointed = view.point;
			scrolled = view.scrolled;

			const stops: Stop[] = [
				// Before all others that listen.
				keepPalmsOff(place),
				listen(place, 'pointerdown', () => sync.holding(true)),
				listen(window, 'pointerup', () => sync.holding(false)),
				listen(window, 'pointercancel', () => sync.holding(false)),
				listen(place, 'pointerleave', () => board.point(null)),
				listen(window, 'pagehide', sync.flush),
				keepKeys(place, board, () => look.singleKeys),
				board.subscribe(turn)
			];

			place.querySelector('.excalidraw')?.setAttribute('role', 'application');
			place.querySelector('.excalidraw')?.setAttribute('aria-label', 'Drawing area');
			view.toMiddle();

			const selected = () => Object.keys(api.getAppState().selectedElementIds);

			/** Whoever leads or deletes a page takes nobody's pen away: then it is turned when that is let go. */
			function turn(): void {
				const { pageId } = board.state();
				if (!sync.isBusy() && view.turnTo(pageId)) sync.turnTo(pageId);
				api.history.clear();
			}

			const canvas: BoardCanvas = {
				choose(pen) {
					look = { ...look, pen };
					api.updateScene({ appState: toolState(pen), captureUpdate: NEVER });
					api.setActiveTool({
						type: pen.tool === 'pen' || pen.tool === 'highlighter' ? 'freedraw' : pen.tool
					});
				},
				addPictures: (files) => things.put(files, null),
				selected,
				restyle(style) {
					const workshop = { nonce, measure: measureLine };
					const changed = restyle(board.elementsOn(sync.pageId()), selected(), style, workshop);
					if (changed.length > 0) board.change(changed, true);
				},
				show: (ids) => showElements(api, ids),
				measure: measureLine,
				zoomBy: view.zoomBy,
				showAll: () => api.scrollToContent(undefined, { fitToContent: true, animate: false }),
				setLook(change) {
					look = { ...look, ...change };
					render();
				},
				view: view.present,
				onView: view.listen,
				focus: () => place.querySelector<HTMLElement>('.excalidraw')?.focus(),
				close() {
					receive = null;
					sync.stop();
					view.stop();
					pictures.stop();
					ink.stop();
					board.point(null);
					stops.forEach((stop) => stop());
					root.unmount();
				}
			};
			const things = createGivenThings({
				...{ place, board, canvas, nonce, onTrouble, onLocked },
				randomId: () => crypto.randomUUID().replaceAll('-', '')
			});
			given = things;
			stops.push(things.stop);
			return canvas;
		}

		render();
	});
}

const nonce = () => Math.floor(Math.random() * 2 ** 31);

function nextFrame(run: () => void): Stop {
	const once = () => {
		stop();
		run();
	};
	const frame = requestAnimationFrame(once);
	// A page in the background gets no frames.
	const timer = setTimeout(once, 250);
	const stop = () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
	return stop;
}

function listen(target: EventTarget, type: string, listener: () => void): Stop {
	target.addEventListener(type, listener, true);
	return () => target.removeEventListener(type, listener, true);
}

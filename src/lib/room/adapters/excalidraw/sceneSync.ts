import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { beats, type BoardElement } from '../../../shared/board.ts';
import type { Board } from '../../board/boardState.ts';
import type { Clock, Stop } from '../../ports.ts';
import { fromScene, isDrawable, toScene } from './sceneElements.ts';

/** While something is dragged the others see it move this often, ms. */
const DRAG_EVERY = 200;
/** While a board is read it is shown this often, ms: each time all of it is drawn. */
const LOADING_EVERY = 500;
/** How often it is kept on this device what is being drawn or written, ms. */
const SKETCH_EVERY = 1_000;
/** More than this is shown when it is let go. */
const DRAGGED_AT_MOST = 20;

/** What of the drawing library is needed here; `never` keeps changes out of its own history. */
export interface SceneApi {
	elements(): readonly ExcalidrawElement[];
	show(elements: readonly ExcalidrawElement[]): void;
	appState(): Pick<AppState, 'newElement' | 'multiElement' | 'editingTextElement'>;
	/** What is being drawn or is selected is not any more. */
	letGo(): void;
}

/** One state as it stands in the scene and as it is on the board. */
interface Shown {
	scene: { version: number; nonce: number };
	board: { version: number; nonce: number };
}

/** Keeps the scene of the drawing library and the board of the lesson the same, page by page. */
export interface SceneSync {
	/** The library says that something may have changed. */
	changed(elements: readonly ExcalidrawElement[]): void;
	/** A pointer went down or up on the canvas. */
	holding(down: boolean): void;
	/** The page that is shown. */
	pageId(): string;
	/** Somebody presses or writes: the page must not be turned away under their hand. */
	isBusy(): boolean;
	/** Shows another page. What is unfinished stays on the one it was begun on. */
	turnTo(pageId: string): void;
	/** The page may go away at any moment: also what is being drawn is kept. */
	flush(): void;
	stop(): void;
}

export function createSceneSync(deps: {
	board: Board;
	clock: Clock;
	api: SceneApi;
	pageId: string;
	/** Runs something before the next picture. */
	soon: (run: () => void) => Stop;
	nonce: () => number;
	/** Elements that came into the scene, whose pictures have to be fetched. */
	onShown: (elements: readonly ExcalidrawElement[]) => void;
	/** What was held is let go, and on the board. */
	onFree: () => void;
}): SceneSync {
	const { board, clock, api, soon, nonce, onShown, onFree } = deps;
	let { pageId } = deps;
	const shown = new Map<string, Shown>();
	/** Changed on the board, and not in the scene yet. */
	let waiting = new Set<string>();
	let stopWaiting: Stop | null = null;
	let stopDragging: Stop | null = null;
	let down = false;
	let loaded = board.state().loaded;
	let draggedAt = -Infinity;

	function isShown(element: ExcalidrawElement): boolean {
		const known = shown.get(element.id)?.scene;
		return known?.version === element.version && known.nonce === element.versionNonce;
	}

	/** Not finished: it becomes part of the board when it is. */
	function unfinished(): ReadonlySet<string> {
		const { newElement, multiElement, editingTextElement } = api.appState();
		return new Set([newElement, multiElement, editingTextElement].flatMap((one) => one?.id ?? []));
	}

	/** Puts on the board what changed in the scene. */
	function commit(
		elements: readonly ExcalidrawElement[],
		done: boolean,
		leaveOut: ReadonlySet<string>
	): void {
		const changes: BoardElement[] = [];
		const strange: ExcalidrawElement[] = [];
		for (const element of elements) {
			if (isShown(element) || leaveOut.has(element.id)) continue;
			if (!isDrawable(element)) {
				if (!element.isDeleted) strange.push(element);
				continue;
			}
			const change = newState(element);
			if (!change) continue;
			const { version, nonce: random } = change;
			changes.push(change);
			const scene = { version: element.version, nonce: element.versionNonce };
			shown.set(element.id, { scene, board: { version, nonce: random } });
		}
		if (changes.length > 0 || done) board.change(changes, done);
		if (strange.length > 0) leave(strange);
	}

	function newState(element: ExcalidrawElement): BoardElement | null {
		const standing = board.current(element.id);
		if (element.isDeleted && (!standing || standing.deleted)) return null;
		const change = fromScene(element, pageId);
		if (!change || !standing || beats(change, standing)) return change;
		return { ...change, version: standing.version + 1, nonce: nonce() };
	}

	/** A stroke as far as it goes, or a text as far as it is written. */
	function sketch(): void {
		const ids = unfinished();
		const begun = ids.size === 0 ? [] : api.elements().filter(({ id }) => ids.has(id));
		const states = begun.flatMap((element) => (isDrawable(element) ? (newState(element) ?? []) : []));
		board.sketch(
			states.filter((one) => one.kind !== 'text' || (!one.deleted && one.data.text.trim() !== ''))
		);
	}

	/** Frames, embedded pages and the like have no place on the board, however they got into the scene. */
	function leave(strange: readonly ExcalidrawElement[]): void {
		const ids = new Set(strange.map(({ id }) => id));
		soon(() => api.show(api.elements().filter(({ id }) => !ids.has(id))));
	}

	function takeOver(): void {
		stopWaiting = null;
		const ids = waiting;
		waiting = new Set();
		const fresh: ExcalidrawElement[] = [];
		const stale = new Set<string>();
		const scene = new Map(api.elements().map((element) => [element.id, element]));
		for (const id of ids) {
			const now = board.current(id);
			if (!now || now.kind === 'page' || now.pageId !== pageId) {
				if (!now && shown.has(id)) stale.add(id);
				continue;
			}
			const known = shown.get(id)?.board;
			if (known?.version === now.version && known.nonce === now.nonce) continue;
			const there = scene.get(id);
			// Being changed here right now, and newer: it is put on the board when it is let go.
			const own = there && { version: there.version, nonce: there.versionNonce };
			if (there && own && !isShown(there) && !now.deleted && beats(own, now)) continue;
			if (now.deleted) stale.add(id);
			else fresh.push(toScene(now));
		}
		if (fresh.length === 0 && stale.size === 0) return;
		for (const id of stale) shown.delete(id);
		const replaced = new Set(fresh.map(({ id }) => id));
		show([...api.elements().filter(({ id }) => !stale.has(id) && !replaced.has(id)), ...fresh], replaced);
	}

	/** `fresh`: ids of what comes from the board as it is. */
	function show(elements: ExcalidrawElement[], fresh: ReadonlySet<string>): void {
		const versions = new Map(
			elements
				.filter(({ id }) => fresh.has(id))
				.map(({ id, version, versionNonce }) => [id, { version, nonce: versionNonce }])
		);
		for (const element of elements) {
			const known = shown.get(element.id);
			if (known && isShown(element)) versions.set(element.id, known.board);
		}
		elements.sort(byOrder);
		api.show(elements);
		// The library gives some of them another place when two people drew at the same one, those that were there before
		// included: that is no change of this person's.
		for (const element of api.elements()) {
			const known = versions.get(element.id);
			if (!known) continue;
			const scene = { version: element.version, nonce: element.versionNonce };
			shown.set(element.id, { scene, board: known });
		}
		onShown(elements.filter(({ id }) => fresh.has(id)));
	}

	function showPage(): void {
		shown.clear();
		waiting.clear();
		const elements = board.elementsOn(pageId).flatMap((one) => (one.deleted ? [] : toScene(one)));
		show(elements, new Set(elements.map(({ id }) => id)));
	}

	function drag(): void {
		if (stopDragging) return;
		const wait = Math.min(Math.max(0, draggedAt + DRAG_EVERY - clock.now()), DRAG_EVERY);
		stopDragging = clock.after(wait, () => {
			stopDragging = null;
			draggedAt = clock.now();
			const leaveOut = unfinished();
			const moved = api.elements().filter((element) => !isShown(element) && !leaveOut.has(element.id));
			if (down && moved.length <= DRAGGED_AT_MOST) commit(moved, false, leaveOut);
		});
	}

	const stopListening = board.onElements((ids) => {
		for (const id of ids) waiting.add(id);
		stopWaiting ??= loaded ? soon(takeOver) : clock.after(LOADING_EVERY, takeOver);
	});
	const stopLoading = board.subscribe((state) => {
		if (loaded || !state.loaded) return;
		loaded = true;
		stopWaiting?.();
		stopWaiting = soon(takeOver);
	});
	const stopSketching = clock.every(SKETCH_EVERY, sketch);
	showPage();

	return {
		changed(elements) {
			const leaveOut = unfinished();
			const isChanged = (element: ExcalidrawElement) => !isShown(element) && !leaveOut.has(element.id);
			if (!elements.some(isChanged)) return;
			if (down) drag();
			else commit(elements, true, leaveOut);
		},
		holding(isDown) {
			down = isDown;
			if (isDown) return;
			soon(() => {
				if (down) return;
				commit(api.elements(), true, unfinished());
				onFree();
			});
		},
		pageId: () => pageId,
		isBusy: () => down || api.appState().editingTextElement !== null,
		turnTo(next) {
			if (next === pageId) return;
			commit(api.elements(), true, new Set());
			api.letGo();
			pageId = next;
			showPage();
		},
		flush: () => commit(api.elements(), true, new Set()),
		stop() {
			commit(api.elements(), true, new Set());
			stopListening();
			stopLoading();
			stopWaiting?.();
			stopDragging?.();
			stopSketching();
			board.sketch([]);
		}
	};
}

/** What lies above what: by order, and by id where two people drew at the same place. */
export function byOrder(a: ExcalidrawElement, b: ExcalidrawElement): number {
	const [first, second] = [a.index ?? '~', b.index ?? '~'];
	if (first !== second) return first < second ? -1 : 1;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Hardly anything of an element, in its place, as another state of it. */
function husk({ id, type, index, version, versionNonce }: ExcalidrawElement): ExcalidrawElement {
	const state = { version, versionNonce: (versionNonce + 1) % 2 ** 31, isDeleted: true };
	return { id, type, index, ...state } as ExcalidrawElement;
}

/** The part of the library's interface that the scene is read and written by. */
export function sceneApi(
	api: ExcalidrawImperativeAPI,
	never: Parameters<ExcalidrawImperativeAPI['updateScene']>[0]['captureUpdate']
): SceneApi {
	return {
		elements: () => api.getSceneElementsIncludingDeleted(),
		show(elements) {
			const stay = new Set(elements.map(({ id }) => id));
			const before = api.getSceneElementsIncludingDeleted();
			// The library keeps a copy of its own of all that ever was in the scene: of what goes only this is to be left.
			if (before.some(({ id }) => !stay.has(id)))
				api.updateScene({
					elements: before.map((element) => (stay.has(element.id) ? element : husk(element))),
					captureUpdate: never
				});
			api.updateScene({ elements, captureUpdate: never });
		},
		appState: () => api.getAppState(),
		letGo: () =>
			api.updateScene({
				appState: { newElement: null, multiElement: null, selectedElementIds: {} },
				captureUpdate: never
			})
	};
}

import { tombstone, type BoardElement } from '../../shared/board.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import { isSame, type BoardElements } from './boardElements.ts';
import type { Board } from './boardState.ts';
import { createOwnActions } from './ownActions.ts';
import type { Step } from './ownHistory.ts';
import { FIRST_PAGE, orderAfter, pageElement, type PageView } from './pages.ts';
import { createPieces } from './pieces.ts';

type Edits = Pick<
	Board,
	| ('change' | 'undo' | 'redo' | 'remove' | 'clear')
	| ('addPage' | 'changePage' | 'deletePage')
	| ('elementsOn' | 'goTo')
>;

/** What this person does to the board, cut into actions that can be taken back. */
export interface BoardEdits extends Edits {
	canUndo(): boolean;
	canRedo(): boolean;
	/** The action that is under way is over. */
	finish(): void;
	/** The server would not have this element: what was done to it since cannot be taken back. */
	forget(id: string): void;
}

export function createBoardEdits(deps: {
	elements: BoardElements;
	/** The pages there are now, and the one that is looked at. */
	pages: () => PageView[];
	pageId: () => string;
	turnTo: (pageId: string) => void;
	/** These look different now, and have to be sent. */
	onPut: (ids: readonly string[]) => void;
	mayDraw: () => boolean;
	/** What was begun before the lock stays here and waits. */
	tellIfLocked: () => void;
	refuse: (text: string) => void;
	onChange: () => void;
	randomId: () => string;
	nonce: () => number;
}): BoardEdits {
	const { elements, pages, pageId, turnTo, onPut, mayDraw, tellIfLocked, refuse, onChange } = deps;
	const { randomId, nonce } = deps;
	const actions = createOwnActions();
	const pieces = createPieces({ current: elements.current, randomId, nonce });

	/** Puts what wins over what stands, and answers with the steps of it. */
	function put(changes: readonly BoardElement[]): Step[] {
		const steps: Step[] = [];
		for (const after of [...missingPages(changes), ...changes]) {
			const before = elements.current(after.id) ?? null;
			if (elements.takeOwn(after)) steps.push({ before, after });
		}
		onPut(steps.map(({ after }) => after.id));
		// A picture that the server would not have is off the board again.
		return steps.flatMap(({ before, after }) => {
			const now = elements.current(after.id);
			return now && isSame(now, after) ? { before, after: now } : [];
		});
	}

	/** The first page of an empty board comes with what is drawn on it. */
	function missingPages(changes: readonly BoardElement[]): BoardElement[] {
		const standing = elements.current(FIRST_PAGE.id);
		if (!changes.some((change) => change.pageId === FIRST_PAGE.id) || standing?.deleted === false) return [];
		return pages()[0] === FIRST_PAGE ? [pageElement(FIRST_PAGE, standing, nonce)] : [];
	}

	/** One action that is over at once. */
	function act(changes: readonly BoardElement[]): void {
		if (!mayDraw()) return refuse(REFUSALS['board-locked']);
		actions.finish();
		actions.add(put(changes));
		actions.finish();
		onChange();
	}

	function turn(way: 'undo' | 'redo'): void {
		if (!mayDraw()) return refuse(REFUSALS['board-locked']);
		const changes = actions[way]({ current: elements.current, nonce });
		put(changes);
		const place = changes.find(({ kind }) => kind !== 'page')?.pageId;
		if (place) goTo(place);
		onChange();
	}

	function deleted(id: string): BoardElement[] {
		const now = elements.current(id);
		if (!now || now.deleted) return [];
		return [tombstone(now, { version: now.version + 1, nonce: nonce() })];
	}

	function elementsOn(page: string): BoardElement[] {
		return elements.all().filter((element) => element.pageId === page && !element.deleted);
	}

	function goTo(next: string): void {
		if (next === pageId() || !pages().some(({ id }) => id === next)) return;
		actions.finish();
		turnTo(next);
		onChange();
	}

	return {
		canUndo: actions.canUndo,
		canRedo: actions.canRedo,
		finish: actions.finish,
		forget: (id) => actions.forget(id, elements.current(id)),
		elementsOn,
		goTo,
		change(changes, done) {
			const before = pages();
			// A page that comes along is nobody's action.
			actions.add(put(changes.flatMap(pieces.of)).filter(({ after }) => after.kind !== 'page'));
			if (done) actions.finish();
			if (changes.length > 0) tellIfLocked();
			// Somebody deleted the page under the pen: it is back, and so is whoever draws there.
			const back = changes.find((one) => before.every(({ id }) => id !== one.pageId))?.pageId;
			if (back && pages().some(({ id }) => id === back)) turnTo(back);
			onChange();
		},
		undo: () => turn('undo'),
		redo: () => turn('redo'),
		remove: (ids) => act(ids.flatMap(deleted)),
		clear: () => act(elementsOn(pageId()).flatMap(({ id }) => deleted(id))),
		addPage(template) {
			const page = { id: randomId(), template, title: '', order: orderAfter(pages(), pageId()) };
			const isEmpty = pages()[0] === FIRST_PAGE;
			const first = isEmpty ? [pageElement(FIRST_PAGE, elements.current(FIRST_PAGE.id), nonce)] : [];
			act([...first, pageElement(page, undefined, nonce)]);
			goTo(page.id);
		},
		changePage(id, changed) {
			const page = pages().find((one) => one.id === id);
			if (!page) return;
			// The first state of the first page is everybody's, and no action of this person's.
			if (page === FIRST_PAGE && mayDraw()) put([pageElement(page, elements.current(id), nonce)]);
			act([pageElement({ ...page, ...changed }, elements.current(id), nonce)]);
		},
		deletePage(id) {
			if (pages().length > 1) act([...elementsOn(id), { id }].flatMap((one) => deleted(one.id)));
		}
	};
}

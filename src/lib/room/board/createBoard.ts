import { tombstone, type BoardElement } from '../../shared/board.ts';
import type { BoardView } from '../../shared/boardInk.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import { linkFailure, repeatedly } from '../failures.ts';
import type { Clock, ServerLink, Stop, Storage } from '../ports.ts';
import { createViewFeed } from '../viewFeed.ts';
import { createBoardElements } from './boardElements.ts';
import { createBoardKeep } from './boardKeep.ts';
import { followBoard } from './boardReader.ts';
import { createBoardSender } from './boardSender.ts';
import type { Board, BoardRoom, BoardState, SavingState } from './boardState.ts';
import { createCompany } from './company.ts';
import { createInkSender } from './inkSender.ts';
import { createOwnActions } from './ownActions.ts';
import type { Step } from './ownHistory.ts';
import {
	FIRST_PAGE,
	orderAfter,
	pageElement,
	pageInstead,
	pagesAfter,
	pagesOf,
	type PageView
} from './pages.ts';

/** How long the state that beat one's own may take to come, ms. */
const WINNER_COMES_IN = 5_000;

export interface BoardDeps {
	link: Pick<ServerLink, 'board' | 'onStatus'>;
	clock: Clock;
	storage: Storage;
	randomId: () => string;
	/** In [0, 1). */
	random?: () => number;
	room: BoardRoom;
}

/** The whiteboard of one page: everything but how it is drawn. Follows the board from now on. */
export function createBoard(deps: BoardDeps): Board {
	const { link, clock, randomId, room, random = Math.random } = deps;
	const { me } = room;
	const keep = createBoardKeep(deps.storage, room.roomCode, me.userId);
	const elements = createBoardElements({
		...{ myUserId: me.userId, unsaved: keep.elements() },
		...{ keep: keep.keep, forget: keep.forget }
	});

	const actions = createOwnActions();
	let pages: PageView[] = pagesOf(elements.all());
	let pageId = (pages[0] ?? FIRST_PAGE).id;
	let isLive = false;
	let locked = false;
	let closed = false;
	let lockWish = '';
	/** What this person looks at. */
	let view: BoardView | null = null;
	let refusal: BoardState['refusal'] = null;
	const elementListeners = new Set<(ids: ReadonlySet<string>) => void>();
	const shadowListeners = new Set<() => void>();
	const lookListeners = new Set<(view: BoardView) => void>();

	const feed = createViewFeed(compute, clock);
	const reader = followBoard({
		link: link.board,
		onBatch(batch) {
			tell(elements.takeStored(batch));
			sender.wake();
		},
		onRestored: elements.doubt,
		onChange() {
			feed.changed();
			sender.wake();
		},
		onRefused: refuse
	});
	const sender = createBoardSender({
		...{ link: link.board, clock, unsaved: elements.unsaved },
		isReady: () => isLive && !reader.isDoubtful() && !(locked && me.role !== 'mentor'),
		onStanding(sent, standings) {
			elements.settle(sent, standings);
			clock.after(WINNER_COMES_IN, () => isLive && tell(elements.giveWay(standings)));
		},
		onRefused(element, message) {
			if (elements.giveUp(element)) tell([element.id]);
			refuse(message);
		},
		onChange: feed.changed
	});
	const ink = createInkSender({
		clock,
		send(input) {
			const seatId = room.seatId();
			// Best effort: the finished element brings what gets lost here.
			if (isLive && seatId !== null && room.people().length > 1)
				link.board.draw({ seatId, ...input }).catch(() => undefined);
		}
	});
	const company = createCompany({
		...{ link: link.board, clock, room, onChange: feed.changed },
		isFinished: (strokeId) => elements.current(strokeId) !== undefined,
		onShadows: () => shadowListeners.forEach((listener) => listener()),
		onLook(view) {
			goTo(view.pageId);
			for (const listener of lookListeners) listener(view);
		},
		onNewcomer: () => view && ink.look(view)
	});
	const request = repeatedly({ clock, goOn: () => !closed, onRefused: refuse });

	const stops: Stop[] = [
		link.onStatus((status) => {
			isLive = status.name === 'live';
			if (isLive) sender.wake();
			feed.changed();
		}),
		link.board.onLock((next) => {
			locked = next;
			if (elements.unsaved().size > 0) tellIfLocked();
			sender.wake();
			feed.changed();
		}),
		room.subscribe(feed.changed)
	];

	function nonce(): number {
		return Math.floor(random() * 2 ** 31);
	}

	function refuse(text: string): void {
		refusal = { id: (refusal?.id ?? 0) + 1, text };
		feed.changed();
	}

	/** What was begun before the lock stays here and waits. */
	function tellIfLocked(): void {
		if (!mayDraw())
			refuse(`${REFUSALS['board-locked']} What you drew stays here and is saved once it is unlocked.`);
	}

	function mayDraw(): boolean {
		return me.role === 'mentor' || !locked;
	}

	function compute(): BoardState {
		return {
			...{ pages, pageId, loaded: reader.isLoaded(), locked, mayDraw: mayDraw() },
			...{ saving: saving(), unsaved: elements.unsaved().size, refusal },
			...{ canUndo: actions.canUndo(), canRedo: actions.canRedo() },
			...{ following: company.following(), cursors: company.cursorsOn(pageId) }
		};
	}

	function saving(): SavingState {
		if (elements.unsaved().size === 0) return 'saved';
		if (!mayDraw()) return 'locked';
		return isLive && sender.heldBecause() === null ? 'saving' : 'waiting';
	}

	/** These look different now. */
	function tell(ids: readonly string[]): void {
		if (ids.length === 0) return;
		const before = pages;
		pages = pagesAfter(before, ids, elements);
		pageId = pageInstead(before, pages, pageId);
		// Whoever is followed may be on a page that is here only now.
		if (pages !== before) company.follow(company.following());
		company.finished(ids);
		const changed = new Set(ids);
		for (const listener of elementListeners) listener(changed);
		feed.changed();
	}

	/** Puts what wins over what stands, and answers with the steps of it. */
	function put(changes: readonly BoardElement[]): Step[] {
		const steps: Step[] = [];
		for (const after of [...missingPages(changes), ...changes]) {
			const before = elements.current(after.id) ?? null;
			if (elements.takeOwn(after)) steps.push({ before, after });
		}
		tell(steps.map(({ after }) => after.id));
		sender.wake();
		return steps;
	}

	/** The first page of an empty board comes with what is drawn on it. */
	function missingPages(changes: readonly BoardElement[]): BoardElement[] {
		const standing = elements.current(FIRST_PAGE.id);
		if (!changes.some((change) => change.pageId === FIRST_PAGE.id) || standing?.deleted === false) return [];
		return pages[0] === FIRST_PAGE ? [pageElement(FIRST_PAGE, standing, nonce)] : [];
	}

	function change(changes: readonly BoardElement[], done: boolean): void {
		const before = pages;
		// A page that comes along is nobody's action.
		actions.add(put(changes).filter(({ after }) => after.kind !== 'page'));
		if (done) actions.finish();
		if (changes.length > 0) tellIfLocked();
		// Somebody deleted the page under the pen: it is back, and so is whoever draws there.
		const back = changes.find((one) => before.every(({ id }) => id !== one.pageId))?.pageId;
		if (back && pages.some(({ id }) => id === back)) pageId = back;
		feed.changed();
	}

	/** One action that is over at once. */
	function act(changes: readonly BoardElement[]): void {
		if (!mayDraw()) return refuse(REFUSALS['board-locked']);
		actions.finish();
		actions.add(put(changes));
		actions.finish();
		feed.changed();
	}

	function turn(way: 'undo' | 'redo'): void {
		if (!mayDraw()) return refuse(REFUSALS['board-locked']);
		const changes = actions[way]({ current: elements.current, nonce });
		put(changes);
		const place = changes.find(({ kind }) => kind !== 'page')?.pageId;
		if (place) goTo(place);
		feed.changed();
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
		if (next === pageId || !pages.some(({ id }) => id === next)) return;
		actions.finish();
		pageId = next;
		feed.changed();
	}

	return {
		state: feed.view,
		subscribe: feed.subscribe,
		elementsOn,
		current: elements.current,
		...{ authorOf: elements.authorOf, changedBy: elements.changedBy },
		onElements: (listener) => listen(elementListeners, listener),
		shadows: company.shadows,
		onShadows: (listener) => listen(shadowListeners, listener),
		change,
		undo: () => turn('undo'),
		redo: () => turn('redo'),
		remove: (ids) => act(ids.flatMap(deleted)),
		clear: () => act(elementsOn(pageId).flatMap(({ id }) => deleted(id))),
		goTo,
		addPage(template) {
			const page = { id: randomId(), template, title: '', order: orderAfter(pages, pageId) };
			const isEmpty = pages[0] === FIRST_PAGE;
			const first = isEmpty ? [pageElement(FIRST_PAGE, elements.current(FIRST_PAGE.id), nonce)] : [];
			act([...first, pageElement(page, undefined, nonce)]);
			goTo(page.id);
		},
		changePage(id, changed) {
			const page = pages.find((one) => one.id === id);
			if (!page) return;
			// The first state of the first page is everybody's, and no action of this person's.
			if (page === FIRST_PAGE && mayDraw()) put([pageElement(page, elements.current(id), nonce)]);
			act([pageElement({ ...page, ...changed }, elements.current(id), nonce)]);
		},
		deletePage(id) {
			if (pages.length > 1) act([...elementsOn(id), { id }].flatMap((one) => deleted(one.id)));
		},
		setLocked(next) {
			const clientId = randomId();
			lockWish = clientId;
			// Of two that wait for the connection only the later one is meant.
			void request(async () => void (lockWish === clientId && (await link.board.lock(clientId, next))));
		},
		last: () => link.board.last().catch(() => null),
		continueLast() {
			link.board.continueLast().catch((error: unknown) => {
				const failure = linkFailure(error);
				refuse(failure.kind === 'refused' ? failure.message : 'There is no connection. Please try again.');
			});
		},
		draw: ink.draw,
		endStroke: ink.end,
		point: ink.cursor,
		look(next) {
			view = next;
			ink.look(next);
		},
		follow: company.follow,
		onLook: (listener) => listen(lookListeners, listener),
		close() {
			closed = true;
			actions.finish();
			stops.forEach((stop) => stop());
			reader.stop();
			sender.stop();
			ink.stop();
			company.stop();
		}
	};
}

function listen<T>(listeners: Set<T>, listener: T): Stop {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

import { beats, type BoardElement, type BoardStanding } from '../../shared/board.ts';
import type { BoardView } from '../../shared/boardInk.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import { linkFailure, repeatedly } from '../failures.ts';
import type { ByteStore, Clock, ServerLink, Stop, Storage } from '../ports.ts';
import { createViewFeed } from '../viewFeed.ts';
import { createBoardEdits } from './boardEdits.ts';
import { createBoardElements } from './boardElements.ts';
import { createBoardKeep } from './boardKeep.ts';
import { followBoard } from './boardReader.ts';
import { createBoardSender } from './boardSender.ts';
import type { Board, BoardRoom, BoardState, SavingState } from './boardState.ts';
import { createCompany } from './company.ts';
import { createInkSender } from './inkSender.ts';
import { FIRST_PAGE, pageInstead, pagesAfter, pagesOf, type PageView } from './pages.ts';
import { createPictureKeep } from './pictureKeep.ts';
import { createPictureSender, type PictureFiles } from './pictureSender.ts';
import { createSketchKeep } from './sketchKeep.ts';

/** How long the state that beat one's own may take to come, ms. */
const WINNER_COMES_IN = 5_000;

export interface BoardDeps {
	link: Pick<ServerLink, 'board' | 'onStatus'>;
	clock: Clock;
	storage: Storage;
	/** Pictures on the server, and on this device until they are there. */
	files: PictureFiles;
	bytes: ByteStore;
	randomId: () => string;
	/** In [0, 1). */
	random?: () => number;
	room: BoardRoom;
}

/** The whiteboard of one page: everything but how it is drawn. Follows the board from now on. */
export function createBoard(deps: BoardDeps): Board {
	const { link, clock, storage, randomId, room, random = Math.random } = deps;
	const { me, roomCode } = room;
	const keep = createBoardKeep(storage, roomCode, me.userId);
	const device = { storage, bytes: deps.bytes, roomCode, userId: me.userId };
	const pictureKeep = createPictureKeep(device);
	const sketches = createSketchKeep(device);
	const elements = createBoardElements({
		...{ myUserId: me.userId, unsaved: keep.elements() },
		...{ keep: keep.keep, forget: keep.forget }
	});

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
			// Not before: what was finished after all may be on the board.
			if (reader.isLoaded()) void sketches.take((left) => edits.change(left.filter(isNews), true));
			feed.changed();
			wake();
		},
		onRefused: refuse
	});
	const sender = createBoardSender({
		...{ link: link.board, clock, unsaved: elements.unsaved },
		...{ isReady, isTooEarly: (element) => pictureOf(element) === 'waiting' },
		onStanding(sent, standings) {
			elements.settle(sent, standings);
			giveWayTo(standings);
		},
		onRefused(element, message) {
			if (giveUp(element)) tell([element.id]);
			refuse(message);
		},
		onChange: feed.changed
	});
	const pictures = createPictureSender({
		...{ keep: pictureKeep, files: deps.files, clock, randomId, isReady },
		onRefused(fileId, message) {
			refuse(`A picture was not saved: ${message} It stays on this device, and the recap offers it.`);
			dropRefused([...elements.unsaved().keys()]);
		},
		onChange() {
			sender.wake();
			feed.changed();
		}
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
			edits.goTo(view.pageId);
			for (const listener of lookListeners) listener(view);
		},
		onNewcomer: () => view && ink.look(view)
	});
	const edits = createBoardEdits({
		elements,
		pages: () => pages,
		pageId: () => pageId,
		turnTo: (next) => void (pageId = next),
		onPut(ids) {
			tell(ids);
			dropRefused(ids);
			sender.wake();
		},
		...{ mayDraw, tellIfLocked, refuse, randomId },
		onChange: feed.changed,
		nonce: () => Math.floor(random() * 2 ** 31)
	});
	const request = repeatedly({ clock, goOn: () => !closed, onRefused: refuse });

	const stops: Stop[] = [
		link.onStatus((status) => {
			const wasLive = isLive;
			isLive = status.name === 'live';
			if (isLive && !wasLive) pictures.reconnected();
			if (isLive) sender.wake();
			feed.changed();
		}),
		link.board.onLock((next) => {
			locked = next;
			if (elements.unsaved().size > 0) tellIfLocked();
			wake();
			feed.changed();
		}),
		room.subscribe(feed.changed)
	];

	function isReady(): boolean {
		return isLive && !reader.isDoubtful() && mayDraw();
	}

	function isNews(element: BoardElement): boolean {
		const standing = elements.current(element.id);
		return !standing || beats(element, standing);
	}

	function wake(): void {
		pictures.wake();
		sender.wake();
	}

	function pictureOf(element: BoardElement): ReturnType<typeof pictures.stateOf> | null {
		return element.kind === 'image' && !element.deleted ? pictures.stateOf(element.data.fileId) : null;
	}

	/** Answers whether anything looks different. */
	function giveUp(element: BoardElement): boolean {
		if (!elements.giveUp(element)) return false;
		edits.forget(element.id);
		return true;
	}

	/** A picture that the server will not have does not stand on the board. */
	function dropRefused(ids: readonly string[]): void {
		const refused = ids
			.flatMap((id) => elements.current(id) ?? [])
			.filter((one) => pictureOf(one) === 'refused');
		tell(refused.filter(giveUp).map(({ id }) => id));
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
			kept: keep.holdsAll() && pictureKeep.holdsAll(),
			...{ canUndo: edits.canUndo(), canRedo: edits.canRedo() },
			...{ following: company.following(), cursors: company.cursorsOn(pageId) }
		};
	}

	function saving(): SavingState {
		if (elements.unsaved().size === 0) return 'saved';
		if (!mayDraw()) return 'locked';
		return isLive && sender.heldBecause() === null && !pictures.isHeld() ? 'saving' : 'waiting';
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

	/** Without what was deleted before this page began to read: of that nothing comes. */
	function giveWayTo(standings: readonly BoardStanding[]): void {
		clock.after(WINNER_COMES_IN, () => {
			if (closed) return;
			if (isLive && !reader.isDoubtful()) tell(elements.giveWay(standings));
			else giveWayTo(standings);
		});
	}

	return {
		state: feed.view,
		subscribe: feed.subscribe,
		...edits,
		sketch: sketches.keep,
		current: elements.current,
		...{ authorOf: elements.authorOf, changedBy: elements.changedBy },
		onElements: (listener) => listen(elementListeners, listener),
		files: { save: pictures.save, read: pictures.read },
		shadows: company.shadows,
		onShadows: (listener) => listen(shadowListeners, listener),
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
			edits.finish();
			stops.forEach((stop) => stop());
			reader.stop();
			sender.stop();
			pictures.stop();
			ink.stop();
			company.stop();
		}
	};
}

function listen<T>(listeners: Set<T>, listener: T): Stop {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

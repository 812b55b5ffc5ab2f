import type { BoardElement, LastBoard, PageTemplate } from '../../shared/board.ts';
import type { BoardCursor, BoardView } from '../../shared/boardInk.ts';
import type { Member } from '../../shared/roomState.ts';
import type { Stop } from '../ports.ts';
import type { Stroke } from './inkSender.ts';
import type { PageView } from './pages.ts';
import type { FileStore } from './pictureSender.ts';
import type { Shadows } from './shadows.ts';

/** Somebody else over the board. */
export interface CursorView extends BoardCursor {
	seatId: string;
	userId: string;
	name: string;
}

/**
 * `saved`: the server has everything. `saving`: it is on its way. `waiting`: there is no connection, or the server cannot
 * take it now; what is drawn is kept here. `locked`: it waits until the mentor unlocks the board.
 */
export type SavingState = 'saved' | 'saving' | 'waiting' | 'locked';

/** What the board shows beside its elements, as one immutable value. */
export interface BoardState {
	pages: PageView[];
	/** The one this person looks at. */
	pageId: string;
	/** What the server has is here. */
	loaded: boolean;
	locked: boolean;
	/** Not a learner while it is locked. */
	mayDraw: boolean;
	saving: SavingState;
	/** How many changes the server does not have yet. */
	unsaved: number;
	/** They outlive this page. False where this device has no room for them. */
	kept: boolean;
	canUndo: boolean;
	canRedo: boolean;
	/** On the page one looks at. */
	cursors: CursorView[];
	/** User id of the person whose view this one follows. */
	following: string | null;
	/** Why the server would not have something, in words; the newest, with a number that grows. */
	refusal: { id: number; text: string } | null;
}

/** What the page can do with the board. None of these throws. */
export interface Board {
	state(): BoardState;
	subscribe(listener: (state: BoardState) => void): Stop;
	/** On a page, deleted ones left out; in no order. */
	elementsOn(pageId: string): BoardElement[];
	current(id: string): BoardElement | undefined;
	/** User id; null for what the server does not have yet. */
	authorOf(id: string): string | null;
	/** User id of whoever made the state that stands; null for what is not there. */
	changedBy(id: string): string | null;
	/** Ids that changed, whoever did it; those of one's own changes too. */
	onElements(listener: (ids: ReadonlySet<string>) => void): Stop;
	/** Pictures: on this device at once, on the server before the element that names them. */
	files: FileStore;
	/** What the others draw right now. */
	shadows(): Shadows;
	onShadows(listener: () => void): Stop;
	/** New states of elements by this person. Everything until `done` is one action that can be taken back. */
	change(elements: readonly BoardElement[], done: boolean): void;
	/** What is being drawn or written, now and then, in case the browser dies; empty when nothing is (any more). */
	sketch(elements: readonly BoardElement[]): void;
	undo(): void;
	redo(): void;
	/** Deletes these, as one action. */
	remove(ids: readonly string[]): void;
	/** Empties the page one looks at, as one action. */
	clear(): void;
	goTo(pageId: string): void;
	/** After the one that is looked at; goes there. */
	addPage(template: PageTemplate): void;
	changePage(pageId: string, change: Partial<Omit<PageView, 'id'>>): void;
	/** With everything on it, as one action. Not the last one. */
	deletePage(pageId: string): void;
	setLocked(locked: boolean): void;
	/** What `continueLast` would bring; null when there is nothing or it cannot be asked now. */
	last(): Promise<LastBoard | null>;
	continueLast(): void;
	draw(stroke: Stroke): void;
	endStroke(strokeId: string, given: boolean): void;
	point(cursor: BoardCursor | null): void;
	look(view: BoardView): void;
	follow(userId: string | null): void;
	/** The person who is followed looks there; their page is already gone to. */
	onLook(listener: (view: BoardView) => void): Stop;
	close(): void;
}

/** What the board has to know of the room it is in. */
export interface BoardRoom {
	roomCode: string;
	me: Member;
	/** Null while this page has no seat. */
	seatId(): string | null;
	people(): readonly { seatId: string; userId: string; name: string }[];
	/** Calls at each change of these. */
	subscribe(listener: () => void): Stop;
}

import { beats, type LiveElement, type Versioned } from '../../shared/board.ts';
import type { Board } from '../board/boardState.ts';
import { rectangle } from './fakeWhiteboard.ts';

/** What people do to a board, and what happens to their connections, often as it is often done. */
export const DEEDS = [
	...(['draw', 'draw', 'draw', 'move', 'move', 'move', 'together', 'together', 'together'] as const),
	...(['delete', 'clear', 'undo', 'undo', 'redo'] as const),
	...(['page', 'leaf', 'deletePage', 'picture', 'lock'] as const),
	...(['cut', 'restore', 'loseAnswers', 'reload', 'time', 'time'] as const)
];

/** One of them, made of what chance gives. */
export interface Deed {
	who: number;
	what: (typeof DEEDS)[number];
	which: number;
	nonce: number;
}

/** Somebody's page with the board open. */
export interface DeedSeat {
	board: Board;
	link: { cut(): void; restore(): void; loseAnswers: boolean };
}

/** Does one thing after the other, and notes whose doing it was. */
export interface BoardDeeds {
	do(deed: Deed): Promise<void>;
	/** Everything that was ever drawn. */
	drawn: ReadonlySet<string>;
	/** The newest state that anybody ever made of each thing. */
	newest: ReadonlyMap<string, Versioned>;
	/** What somebody deleted or took back who had it before them. */
	taken: ReadonlySet<string>;
	/** What somebody's undo or redo changed that was none of theirs, other than pages. */
	meddled: readonly string[];
}

/** `seats`: as they are now. `first` may lock the board; `reload` gives somebody a new page; `pass` lets time go by, ms. */
export function createBoardDeeds(deps: {
	seats: readonly DeedSeat[];
	reload: (who: number) => void;
	pass: (ms: number) => Promise<void>;
}): BoardDeeds {
	const { seats, reload, pass } = deps;
	/** What each person ever touched. */
	const touched = seats.map(() => new Set<string>());
	const drawn = new Set<string>();
	const newest = new Map<string, Versioned>();
	const taken = new Set<string>();
	const meddled: string[] = [];
	let count = 0;

	/** Nobody ever makes the same (version, nonce) as another one. */
	function unique(nonce: number): number {
		return nonce * 100_000 + ++count;
	}

	function draw(who: number, { which, nonce }: Deed): void {
		const { board } = seats[who]!;
		const { pageId } = board.state();
		const id = `e${++count}`;
		touched[who]!.add(id);
		drawn.add(id);
		board.change([{ ...rectangle(id, which, 1, unique(nonce)), pageId } as LiveElement], which % 3 > 0);
	}

	/** As the canvas does it: when this device has the picture, it is on the board. */
	async function paste(who: number, { which, nonce }: Deed): Promise<void> {
		const { board } = seats[who]!;
		const { pageId } = board.state();
		const fileId = await board.files.save(
			new File([PNG, String(which % 4)], 'photo.png', { type: 'image/png' })
		);
		if (seats[who]!.board !== board) return;
		const id = `i${++count}`;
		touched[who]!.add(id);
		drawn.add(id);
		const { data, ...rest } = rectangle(id, which, 1, unique(nonce));
		board.change([{ ...rest, pageId, kind: 'image', data: { ...data, fileId } } as LiveElement], true);
	}

	function moved(elements: readonly LiveElement[], { which, nonce }: Deed): LiveElement[] {
		return elements.map((element) => {
			const data = { ...element.data, x: which };
			const next = { version: element.version + 1 + (nonce % 2), nonce: unique(nonce) };
			return { ...element, ...next, data } as LiveElement;
		});
	}

	function turn(who: number, way: 'undo' | 'redo'): void {
		const { board } = seats[who]!;
		const stop = board.onElements((ids) => {
			for (const id of ids)
				if (board.current(id)?.kind !== 'page' && !touched[who]!.has(id)) meddled.push(id);
		});
		board[way]();
		stop();
	}

	async function act(deed: Deed): Promise<void> {
		const { who, what, which } = deed;
		const { board, link } = seats[who]!;
		const { pageId, pages } = board.state();
		const all = (board.elementsOn(pageId) as LiveElement[]).sort((a, b) => (a.id < b.id ? -1 : 1));
		// Often the same one, so that several want it at once.
		const one = all.length > 0 ? [all[which % Math.min(3, all.length)]!] : [];
		const touch = (elements: readonly LiveElement[]) => elements.forEach(({ id }) => touched[who]!.add(id));
		switch (what) {
			case 'draw':
				return draw(who, deed);
			case 'picture':
				return paste(who, deed);
			case 'move':
				touch(one);
				return board.change(moved(one, deed), which % 3 > 0);
			case 'together':
				touch(all);
				return board.change(moved(all, deed), which % 3 > 0);
			case 'delete':
				touch(one);
				return board.remove(one.map(({ id }) => id));
			case 'clear':
				touch(all);
				return board.clear();
			case 'undo':
			case 'redo':
				return turn(who, what);
			case 'page':
				return board.addPage('lined');
			case 'leaf':
				return board.goTo(pages[which % pages.length]!.id);
			case 'deletePage':
				touch(all);
				return board.deletePage(pageId);
			case 'lock':
				return seats[0]!.board.setLocked(which % 2 === 0);
			case 'cut':
				return link.cut();
			case 'restore':
				return link.restore();
			case 'loseAnswers':
				link.loseAnswers = !link.loseAnswers;
				return;
			case 'reload':
				return reload(who);
			case 'time':
				return pass(which * 20);
		}
	}

	return {
		...{ drawn, newest, taken, meddled },
		async do(deed) {
			if (deed.what === 'time' || deed.what === 'restore') return act(deed);
			const { board } = seats[deed.who]!;
			const stop = board.onElements((ids) => {
				for (const id of ids) {
					const now = board.current(id)!;
					const before = newest.get(id);
					if (!before || beats(now, before)) newest.set(id, now);
					if (now.deleted) taken.add(id);
				}
			});
			await act(deed);
			stop();
		}
	};
}

/** A PNG as far as a server looks at it. */
const PNG = new Uint8Array([
	...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
	...[0, 0, 0, 30, 0, 0, 0, 40, 8, 6, 0, 0, 0]
]);

import {
	beats,
	tombstone,
	type BoardElement,
	type BoardStanding,
	type StoredElement,
	type Versioned
} from '../../shared/board.ts';

/** Something of this person's that the server is not known to have. */
export interface Unsaved {
	element: BoardElement;
	/** The server has this newer state, which is on its way: nothing is to be sent. */
	beaten: BoardStanding | null;
}

/**
 * The board as it is on this page: what the server has stored and over it what this person did since. An own change stands
 * here until the server has it or something newer, so nothing flickers back.
 */
export interface BoardElements {
	current(id: string): BoardElement | undefined;
	/** Null for what the server does not have yet. */
	authorOf(id: string): string | null;
	/** Whoever made the state that stands; null for what is not there. */
	changedBy(id: string): string | null;
	/** Deleted ones included. */
	all(): BoardElement[];
	unsaved(): ReadonlyMap<string, Unsaved>;
	/** What was read from the server. Answers with the ids that look different now. */
	takeStored(batch: readonly StoredElement[]): string[];
	/** A change of this person. False when something newer stands already. */
	takeOwn(element: BoardElement): boolean;
	/** The server's answer to a put of `sent`. */
	settle(sent: readonly BoardElement[], standings: readonly BoardStanding[]): void;
	/**
	 * The winners have had time to come. What is not there was deleted before this page read anything: of that nothing
	 * comes. Answers with the ids that look different now.
	 */
	giveWay(standings: readonly BoardStanding[]): string[];
	/** The server will not have it: what it has stands again. Answers whether anything looks different. */
	giveUp(element: BoardElement): boolean;
	/** The server lost what came after a backup: everything known here is to be offered to it again. */
	doubt(): void;
}

/** `keep` hears of everything that becomes unsaved, `forget` of everything that is not any more. */
export function createBoardElements(deps: {
	myUserId: string;
	unsaved: readonly BoardElement[];
	keep: (element: BoardElement) => void;
	forget: (element: BoardElement) => void;
}): BoardElements {
	const { myUserId, keep, forget } = deps;
	const stored = new Map<string, StoredElement>();
	const own = new Map<string, Unsaved>(
		deps.unsaved.map((element) => [element.id, { element, beaten: null }])
	);

	function current(id: string): BoardElement | undefined {
		return own.get(id)?.element ?? stored.get(id);
	}

	function release(element: BoardElement): void {
		own.delete(element.id);
		forget(element);
	}

	return {
		current,
		authorOf: (id) => stored.get(id)?.authorId ?? null,
		changedBy: (id) => (own.has(id) ? myUserId : (stored.get(id)?.changedBy ?? null)),
		all() {
			const all = new Map<string, BoardElement>(stored);
			for (const [id, { element }] of own) all.set(id, element);
			return [...all.values()];
		},
		unsaved: () => own,
		takeStored(batch) {
			const changed: string[] = [];
			for (const come of batch) {
				const before = current(come.id);
				const standing = stored.get(come.id);
				if (standing && beats(standing, come)) continue;
				const element = sharing(before, come);
				stored.set(element.id, element);
				const mine = own.get(element.id)?.element;
				if (mine && !beats(mine, element)) release(mine);
				const now = current(element.id);
				if (now && (!before || !isSame(before, now) || before.deleted !== now.deleted))
					changed.push(element.id);
			}
			return changed;
		},
		takeOwn(given) {
			const standing = current(given.id);
			if (standing && !beats(given, standing)) return false;
			const element = sharing(standing, bare(given));
			own.set(element.id, { element, beaten: null });
			keep(element);
			return true;
		},
		settle(sent, standings) {
			const answers = new Map(standings.map((standing) => [standing.id, standing]));
			for (const element of sent) {
				const standing = answers.get(element.id);
				const mine = own.get(element.id);
				if (!standing || !mine) continue;
				if (isSame(standing, element)) {
					const authorId = stored.get(element.id)?.authorId ?? myUserId;
					const known = { ...element, seq: standing.seq, authorId, changedBy: myUserId };
					if (!beats(stored.get(element.id) ?? NOTHING, known)) stored.set(element.id, known);
				}
				if (!isSame(mine.element, element)) continue;
				if (isSame(standing, element)) release(element);
				else if (beats(standing, element)) own.set(element.id, { element, beaten: standing });
			}
		},
		giveWay(standings) {
			return standings.flatMap((standing) => {
				const mine = own.get(standing.id);
				if (!mine?.beaten || !isSame(mine.beaten, standing)) return [];
				const { seq } = standing;
				const gone = { ...tombstone(mine.element, standing), seq, authorId: '', changedBy: '' };
				stored.set(gone.id, gone);
				release(mine.element);
				return [gone.id];
			});
		},
		giveUp(element) {
			const mine = own.get(element.id)?.element;
			if (!mine || !isSame(mine, element)) return false;
			release(mine);
			return true;
		},
		doubt() {
			for (const element of stored.values()) {
				if (!own.has(element.id)) own.set(element.id, { element: bare(element), beaten: null });
			}
			for (const [id, { element }] of own) own.set(id, { element, beaten: null });
			stored.clear();
		}
	};
}

const NOTHING = { version: 0, nonce: 0 };

/** Whether two states of one element are the same one. */
export function isSame(
	a: Pick<Versioned, 'version' | 'nonce'>,
	b: Pick<Versioned, 'version' | 'nonce'>
): boolean {
	return a.version === b.version && a.nonce === b.nonce;
}

/**
 * Parts of it that are as they were are kept once, on the board and in the history: points are most of what a board is
 * made of, and of all that is drawn, moved or coloured they come back from the server.
 */
function sharing<E extends BoardElement>(before: BoardElement | undefined, now: E): E {
	if (!before?.data || !now.data) return now;
	const known = before.data as unknown as Readonly<Record<string, unknown>>;
	const parts = Object.entries(now.data).map(([key, value]: [string, unknown]) => {
		const isKnown = typeof value === 'object' && JSON.stringify(value) === JSON.stringify(known[key]);
		return [key, isKnown ? known[key] : value];
	});
	return { ...now, data: Object.fromEntries(parts) };
}

/** Without what the server adds, which it does not take back. */
function bare({ id, pageId, kind, version, nonce, deleted, data }: BoardElement): BoardElement {
	return { id, pageId, kind, version, nonce, deleted, data } as BoardElement;
}

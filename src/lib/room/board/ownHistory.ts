import { beats, tombstone, type BoardElement, type LiveElement } from '../../shared/board.ts';

/** What one action did to one element; `before` is null for what it brought. */
export interface Step {
	before: BoardElement | null;
	after: BoardElement;
}
export type Action = readonly Step[];

/** What this person did and can take back, and what was taken back. The newest is last. */
export interface OwnHistory {
	done: readonly Action[];
	undone: readonly Action[];
}

export const NO_HISTORY: OwnHistory = { done: [], undone: [] };

/** How many actions can be taken back. */
const MOST = 200;

export function record(history: OwnHistory, action: Action): OwnHistory {
	return action.length === 0 ? history : { done: [...history.done, action].slice(-MOST), undone: [] };
}

/**
 * Without what the server would not have of an element: `now` stands again, and what came after it will never be there.
 * An action of which nothing is left is none.
 */
export function forget(history: OwnHistory, id: string, now: BoardElement | undefined): OwnHistory {
	const isGone = ({ after }: Step) => after.id === id && (!now || beats(after, now));
	const rest = (actions: readonly Action[]) =>
		actions
			.map((action) => (action.some(isGone) ? action.filter((step) => !isGone(step)) : action))
			.filter((action) => action.length > 0);
	return { done: rest(history.done), undone: rest(history.undone) };
}

/** How an element is now, and what makes a new state of it win. */
export interface Present {
	current: (id: string) => BoardElement | undefined;
	nonce: () => number;
}

/**
 * Takes back the newest action that still shows. Only what the action itself changed goes back, and only where nobody has
 * changed it since: what the others did stays. The answer's changes are new states to be put like any other.
 */
export function undo(
	history: OwnHistory,
	present: Present
): { history: OwnHistory; changes: BoardElement[] } {
	const { rest, action } = turnBack(history.done, present);
	const undone = action.length > 0 ? [...history.undone, action] : history.undone;
	return { history: { done: rest, undone }, changes: action.map(({ after }) => after) };
}

/** The other way round. */
export function redo(
	history: OwnHistory,
	present: Present
): { history: OwnHistory; changes: BoardElement[] } {
	const { rest, action } = turnBack(history.undone, present);
	const done = action.length > 0 ? [...history.done, action] : history.done;
	return { history: { done, undone: rest }, changes: action.map(({ after }) => after) };
}

function turnBack(stack: readonly Action[], present: Present): { rest: readonly Action[]; action: Action } {
	for (let left = stack.length - 1; left >= 0; left -= 1) {
		const action = stack[left]!.flatMap((step) => reverse(step, present) ?? []);
		if (action.length > 0) return { rest: stack.slice(0, left), action };
	}
	return { rest: [], action: [] };
}

function reverse({ before, after }: Step, { current, nonce }: Present): Step | null {
	const now = current(after.id);
	if (!now) return null;
	const next = { version: now.version + 1, nonce: nonce() };
	if (!before || before.deleted) {
		if (after.deleted || now.deleted) return null;
		return { before: now, after: tombstone(now, next) };
	}
	if (after.deleted) {
		// Deleted again by somebody else since: then it is theirs to take back.
		if (!now.deleted || now.version !== after.version || now.nonce !== after.nonce) return null;
		return { before: now, after: { ...before, ...next } };
	}
	if (now.deleted) return null;
	const data = withoutChange(before.data, after.data, now.data);
	return data && { before: now, after: { ...now, ...next, data } as unknown as LiveElement };
}

type Fields = Record<string, unknown>;

/** These only make sense together: a stroke half moved back is neither one's own nor the others'. */
const PLACE: ReadonlySet<string> = new Set([
	...['x', 'y', 'width', 'height', 'angle', 'points', 'pressures', 'scale', 'crop'],
	...['startBinding', 'endBinding', 'fixedSegments', 'startIsSpecial', 'endIsSpecial'],
	...['text', 'originalText', 'fontSize', 'lineHeight', 'autoResize', 'fontFamily']
]);

/** Null when nothing of the change is left to take back. */
function withoutChange(before: object, after: object, now: object): Fields | null {
	const [old, mine, present] = [before as Fields, after as Fields, now as Fields];
	const keys = [...new Set([...Object.keys(old), ...Object.keys(mine)])];
	const changed = keys.filter((key) => !isEqual(old[key], mine[key]));
	const untouched = [...PLACE].every((key) => isEqual(present[key], mine[key]));
	const back = changed.filter((key) => (PLACE.has(key) ? untouched : isEqual(present[key], mine[key])));
	if (back.length === 0) return null;
	const stays = Object.entries(present).filter(([key]) => !back.includes(key));
	const returns = back.filter((key) => key in old).map((key) => [key, old[key]]);
	return Object.fromEntries([...stays, ...returns]) as Fields;
}

function isEqual(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}

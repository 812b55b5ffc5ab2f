import { beats, type BoardElement } from '../../shared/board.ts';
import {
	NO_HISTORY,
	forget,
	record,
	redo,
	undo,
	type OwnHistory,
	type Present,
	type Step
} from './ownHistory.ts';

/** What this person does, cut into actions that can be taken back. */
export interface OwnActions {
	canUndo(): boolean;
	canRedo(): boolean;
	/** Something went into the action that is under way. */
	add(steps: readonly Step[]): void;
	/** The action that is under way is over. */
	finish(): void;
	/** The server would not have this element: `now` stands again. */
	forget(id: string, now: BoardElement | undefined): void;
	/** What has to be put to take the newest action back. */
	undo(present: Present): BoardElement[];
	redo(present: Present): BoardElement[];
}

export function createOwnActions(): OwnActions {
	let history: OwnHistory = NO_HISTORY;
	let underWay = new Map<string, Step>();

	function finish(): void {
		history = record(history, [...underWay.values()]);
		underWay = new Map();
	}

	function turn(way: typeof undo, present: Present): BoardElement[] {
		finish();
		const turned = way(history, present);
		history = turned.history;
		return turned.changes;
	}

	return {
		canUndo: () => history.done.length > 0 || underWay.size > 0,
		canRedo: () => history.undone.length > 0,
		add(steps) {
			for (const { before, after } of steps) {
				const first = underWay.get(after.id);
				underWay.set(after.id, { before: first ? first.before : before, after });
			}
		},
		finish,
		forget(id, now) {
			const last = underWay.get(id)?.after;
			if (last && (!now || beats(last, now))) underWay.delete(id);
			history = forget(history, id, now);
		},
		undo: (present) => turn(undo, present),
		redo: (present) => turn(redo, present)
	};
}

import type { Board } from '../../board/boardState.ts';
import type { Stop } from '../../ports.ts';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * Which keys the drawing library does not get: those of its menus, windows, links, frames and files, which our board does
 * not have, those of a lock of single things, which nothing of ours opens, and those of its own undo, which knows nothing
 * of the others.
 */
export function isBlocked({ key, ctrlKey, metaKey, altKey, shiftKey }: Press, singleKeys: boolean): boolean {
	const letter = key.toLowerCase();
	const isSingle = key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
	if (isSingle && !singleKeys) return true;
	if (ctrlKey || metaKey) {
		if (letter === 'e' || letter === 'p' || letter === 's') return shiftKey || letter !== 'e';
		if (letter === 'l') return shiftKey;
		return ['k', 'o', '/', "'", 'f', 'b', 'm', 'backspace', 'delete'].includes(letter);
	}
	return altKey
		? ['/', 'z', 'r', 's', 'd'].includes(letter)
		: ['?', 'f', 'i', 'w', 'g', 's', '0', '9'].includes(letter);
}

/** Hears the keys of the board before the library does. */
export function keepKeys(
	place: HTMLElement,
	board: Pick<Board, 'undo' | 'redo'>,
	singleKeys: () => boolean
): Stop {
	function onKeyDown(event: KeyboardEvent): void {
		const { target, key, ctrlKey, metaKey, shiftKey } = event;
		// A text that is being written takes all of them.
		if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) return;
		const letter = key.toLowerCase();
		const isUndo = (ctrlKey || metaKey) && (letter === 'z' || letter === 'y');
		if (isUndo) {
			event.preventDefault();
			if (letter === 'y' || shiftKey) board.redo();
			else board.undo();
		}
		if (isUndo || isBlocked(event, singleKeys())) event.stopPropagation();
	}
	// Its menu offers links, libraries and files.
	function onContextMenu(event: Event): void {
		event.preventDefault();
		event.stopPropagation();
	}

	place.addEventListener('keydown', onKeyDown, true);
	place.addEventListener('contextmenu', onContextMenu, true);
	return () => {
		place.removeEventListener('keydown', onKeyDown, true);
		place.removeEventListener('contextmenu', onContextMenu, true);
	};
}

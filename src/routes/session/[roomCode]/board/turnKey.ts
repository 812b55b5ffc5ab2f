/** Whether a key takes one's last action back or does it again; null for all others, and for whoever writes. */
export function turnKey(event: KeyboardEvent): 'undo' | 'redo' | null {
	const { target, key, ctrlKey, metaKey, shiftKey, isComposing, defaultPrevented } = event;
	if (defaultPrevented || isComposing || !(ctrlKey || metaKey)) return null;
	if (target instanceof Element && target.closest('input, textarea')) return null;
	const letter = key.toLowerCase();
	if (letter === 'y') return 'redo';
	if (letter !== 'z') return null;
	return shiftKey ? 'redo' : 'undo';
}

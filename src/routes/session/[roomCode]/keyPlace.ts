import type { KeyPlace } from './shortcuts.ts';

const WRITTEN = 'input, textarea, select, [contenteditable]:not([contenteditable=false])';
/** Things with keys of their own, whatever they are made of. */
const OWN_KEYS =
	'[role=menu], [role=listbox], [role=combobox], [role=slider], [role=tablist], [role=dialog], [role=alertdialog], :popover-open';
const CONTROL =
	'button, a[href], summary, audio, video[controls], [role=button], [role=switch], [role=option]';

/**
 * Whose the keys are that are pressed at this element.
 * @param byPointer the element that got the focus from a mouse, pen or finger, if it still has it. Nobody who pressed
 *   “Mute” with the mouse means that button by the Space bar: they hold it to talk.
 */
export function keyPlace(target: EventTarget | null, byPointer: Element | null): KeyPlace {
	if (!(target instanceof Element)) return 'open';
	// A window over the page has all of them, also while the focus is on its way.
	if (document.querySelector('[aria-modal=true]:not([data-state=closed])')) return 'taken';
	if (target.closest(WRITTEN) || target.closest(OWN_KEYS)) return 'taken';
	const application = target.closest('[role=application]');
	// Whoever points at a shared screen by mouse has the keys free; on the board they choose tools either way.
	if (application)
		return application === byPointer && !application.matches('.excalidraw') ? 'open' : 'drawing';
	const control = target.closest(CONTROL);
	return control && control !== byPointer ? 'control' : 'open';
}

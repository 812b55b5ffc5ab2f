import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/**
 * On the title of a view that replaces another one: where the focus was on something that is gone now, reading
 * goes on here and not at the top of the page (WCAG 2.4.3).
 */
export const takeLostFocus: Attachment<HTMLElement> = (title) => {
	title.tabIndex = -1;
	void tick().then(() => {
		const { activeElement } = document;
		if (activeElement === null || activeElement === document.body) title.focus({ preventScroll: true });
	});
};

import type { Attachment } from 'svelte/attachments';

/** Sharp screens show more pixels than anybody can tell apart in a face: no more than this many for one of the page. */
const DENSITY_MAX = 1.5;

/** Measures how high the others are shown on this page, for those who send the pictures. */
export interface PictureHeights {
	/** For the place of somebody's picture. */
	of(userId: string): Attachment<HTMLElement>;
	/** Nobody sees the page. */
	hide(hidden: boolean): void;
	/** Shown in a window of its own as well, which stays in sight: heights in CSS px. Empty: it is closed. */
	beside(heights: Readonly<Record<string, number>>): void;
}

/** @param tell all heights, at each change, in pixels of the screen */
export function createPictureHeights(tell: (heights: Record<string, number>) => void): PictureHeights {
	const places = new Map<string, { element: HTMLElement; height: number }>();
	const attachments = new Map<string, Attachment<HTMLElement>>();
	let hidden = false;
	let elsewhere: Readonly<Record<string, number>> = {};
	const observer = new ResizeObserver((entries) => {
		for (const { target, contentRect } of entries) {
			for (const place of places.values()) if (place.element === target) place.height = contentRect.height;
		}
		tellAll();
	});

	function tellAll(): void {
		const density = Math.min(window.devicePixelRatio || 1, DENSITY_MAX);
		const here = [...places].map(([userId, { height }]) => {
			const shown = Math.max(hidden ? 0 : height, elsewhere[userId] ?? 0);
			return [userId, Math.round(shown * density)];
		});
		tell(Object.fromEntries(here) as Record<string, number>);
	}

	function place(userId: string): Attachment<HTMLElement> {
		return (element) => {
			places.set(userId, { element, height: element.clientHeight });
			observer.observe(element);
			return () => {
				observer.unobserve(element);
				places.delete(userId);
				tellAll();
			};
		};
	}

	return {
		of(userId) {
			// The same each time: another one would be taken for another place.
			const known = attachments.get(userId) ?? place(userId);
			attachments.set(userId, known);
			return known;
		},
		hide(now) {
			hidden = now;
			tellAll();
		},
		beside(heights) {
			elsewhere = heights;
			tellAll();
		}
	};
}

/** Until somebody can have seen that other entries stand in a menu, ms. */
const UNSEEN_MS = 400;

/**
 * Whether a press was meant for the entry it hit, where a menu was shown at `shownAt` without a press of its own. The
 * second half of a double click on what stood there before was not; keys choose what has the focus (their `detail` is
 * 0). Both instants are ms since the page began.
 */
export function isMeant(
	{ detail, timeStamp }: Pick<MouseEvent, 'detail' | 'timeStamp'>,
	shownAt: number
): boolean {
	return detail === 0 || timeStamp - shownAt >= UNSEEN_MS;
}

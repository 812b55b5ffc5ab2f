import type { RoomBridge } from '../roomBridge.svelte.ts';
import { mayPrefetch, type NetworkHint } from './prefetchRule.ts';

/** How long a call has to be good before the board is fetched beside it, ms. */
const STABLE_FOR = 12_000;

/** Everything of the board that is not part of the room page: the view, the drawing library and what it is written in. */
export async function loadBoard() {
	// The server has no use for any of it, and builds it only if it could get here.
	if (import.meta.env.SSR) throw new Error('The whiteboard is drawn in a browser.');
	const [view, canvas, overlay] = await Promise.all([
		import('./Whiteboard.svelte'),
		import('$lib/room/adapters/excalidraw/mountCanvas.ts'),
		import('$lib/room/adapters/excalidraw/overlay.ts'),
		// For exports, also when the server is away by then.
		import('$lib/room/adapters/excalidraw/drawPage.ts'),
		// The room asks for it itself when the board is opened; here it comes along.
		import('$lib/room/adapters/openBoard.ts')
	]);
	return { Whiteboard: view.default, mountCanvas: canvas.mountCanvas, createOverlay: overlay.createOverlay };
}

export type LoadedBoard = Awaited<ReturnType<typeof loadBoard>>;

/** Fetches the board when the call is stable and the network good, so that it opens at once later. */
export function prefetchBoard(bridge: RoomBridge): void {
	const isStable = $derived(mayPrefetch(bridge.gate, bridge.view, networkHint()));
	let done = false;
	$effect(() => {
		if (!isStable || done) return;
		const timer = setTimeout(() => {
			done = true;
			const fetchIt = () => void loadBoard().catch(() => undefined);
			if ('requestIdleCallback' in window) requestIdleCallback(fetchIt, { timeout: 10_000 });
			else fetchIt();
		}, STABLE_FOR);
		return () => clearTimeout(timer);
	});
}

function networkHint(): NetworkHint | undefined {
	if (import.meta.env.SSR) return undefined;
	return (navigator as Navigator & { connection?: NetworkHint }).connection;
}

/** What is looked at in a page with a board, in the product and in the baseline alike. Times: ms since the epoch. */
export interface BoardProbe {
	/** When “Open whiteboard” was clicked. */
	opened: number;
	/** While a row is watched: where the pointer was at each event the page got, in pixels of the canvas, and when it was moved there. */
	pointed: { x: number; y: number; at: number }[];
	/** From now on notes how far the ink reaches in one row of pixels, each time it reaches further. */
	watchRow(y: number): void;
	reached: { x: number; at: number }[];
	/** Resolves when this pixel, counted from the middle of the canvas, is drawn, with the moment. Rejects after 20 s. */
	drawn(x: number, y: number): Promise<number>;
	/** Resolves when there is a canvas to draw on, with the moment. Rejects after 20 s. */
	ready(): Promise<number>;
	/** Resolves when pictures have come in time for a third of a second: nothing is left to be drawn. Rejects after 20 s. */
	calm(): Promise<number>;
	/** Counts pictures until it is called again; answers with the moments of the last count. */
	countFrames(): number[];
}

declare global {
	interface Window {
		boardProbe: BoardProbe;
	}
}

/** Runs in a page before its own scripts. */
export function installBoardProbe(): void {
	const now = () => performance.timeOrigin + performance.now();
	/** Pictures come every 17 ms. */
	const [LATE_MS, IN_TIME] = [50, 20];
	const of = (event: Event) => performance.timeOrigin + event.timeStamp;
	let row: { y: number; reached: number } | null = null;
	let frames: number[] | null = null;

	/** All that is drawn, but not the layer with selections and names. */
	function layers(): HTMLCanvasElement[] {
		const all = [...document.querySelectorAll('canvas')];
		return all.filter((one) => !one.classList.contains('interactive') && one.clientWidth > 200);
	}

	function isInked(data: Uint8ClampedArray, at: number): boolean {
		const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(4 * at, 4 * at + 4);
		// The library's first picture may be white all over.
		return alpha > 100 && red + green + blue < 600;
	}

	/** How far the row is inked, or -1. */
	function reach(y: number, from: number): number {
		let furthest = -1;
		for (const canvas of layers()) {
			const { data, width } = canvas.getContext('2d')!.getImageData(0, y, canvas.width, 1);
			for (let x = width - 1; x > Math.max(from, furthest); x -= 1) {
				if (isInked(data, x)) furthest = x;
			}
		}
		return furthest;
	}

	/** After what a frame draws has been drawn. */
	function afterFrame(look: (at: number) => boolean): void {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			if (look(now())) requestAnimationFrame(() => port2.postMessage(null));
			else port1.close();
		};
		requestAnimationFrame(() => port2.postMessage(null));
	}

	/** The first moment at which it is so. */
	function until(what: string, isSo: () => boolean): Promise<number> {
		const givesUpAt = now() + 20_000;
		return new Promise((done, fail) =>
			afterFrame((at) => {
				if (isSo()) done(at);
				else if (at > givesUpAt) fail(new Error(`Nothing ${what}.`));
				else return true;
				return false;
			})
		);
	}

	const probe: BoardProbe = {
		...{ opened: 0, pointed: [], reached: [] },
		watchRow(y) {
			const watched = { y, reached: -1 };
			row = watched;
			probe.reached = [];
			probe.pointed = [];
			afterFrame((at) => {
				if (row !== watched) return false;
				const x = reach(y, watched.reached);
				if (x > watched.reached) probe.reached.push({ x: (watched.reached = x), at });
				return true;
			});
		},
		drawn: (x, y) =>
			until('is drawn there', () =>
				layers().some((canvas) => {
					const place = [Math.round(canvas.width / 2 + x), Math.round(canvas.height / 2 + y)] as const;
					return isInked(canvas.getContext('2d')!.getImageData(...place, 1, 1).data, 0);
				})
			),
		ready: () => until('can be drawn on', () => document.querySelector('canvas.interactive') !== null),
		calm() {
			let [before, inTime] = [now(), 0];
			return until('comes to rest', () => {
				const at = now();
				inTime = at - before < LATE_MS ? inTime + 1 : 0;
				before = at;
				return inTime === IN_TIME;
			});
		},
		countFrames() {
			const last = frames ?? [];
			const counted: number[] = (frames = []);
			const next = () => {
				if (frames !== counted) return;
				counted.push(now());
				requestAnimationFrame(next);
			};
			requestAnimationFrame(next);
			return last;
		}
	};
	window.boardProbe = probe;

	document.addEventListener(
		'click',
		(event) => {
			const { target } = event;
			const button = target instanceof Element ? target.closest('button') : null;
			const name = button?.getAttribute('aria-label') ?? button?.textContent ?? '';
			if (name.includes('Open whiteboard')) probe.opened = of(event);
		},
		true
	);
	document.addEventListener(
		'pointermove',
		(event) => {
			const box = document.querySelector('canvas.interactive')?.getBoundingClientRect();
			// Two hours of it would be found again among what the page holds.
			if (!box || !row) return;
			probe.pointed.push({ x: event.clientX - box.x, y: event.clientY - box.y, at: of(event) });
		},
		true
	);
}

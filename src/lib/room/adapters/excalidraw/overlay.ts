import { getStroke } from 'perfect-freehand';
import type { PageTemplate } from '../../../shared/board.ts';
import type { Board } from '../../board/boardState.ts';
import type { Shadow } from '../../board/shadows.ts';
import type { Stop } from '../../ports.ts';
import type { BoardCanvas } from './boardCanvas.ts';
import { drawTemplate } from './templates.ts';

/** What a finished stroke stays here for, ms, until the library has surely drawn its element. */
const HANDOVER = 80;
const HIGHLIGHTER_OPACITY = 0.4;

/** Below the drawing the lines of the page, above it what the others draw right now. */
export function createOverlay(deps: {
	board: Board;
	canvas: BoardCanvas;
	under: HTMLCanvasElement;
	over: HTMLCanvasElement;
	/** CSS colour of the lines. */
	lineColor: () => string;
}): { redraw: () => void; stop: Stop } {
	const { board, canvas, under, over, lineColor } = deps;
	const paths = new WeakMap<Shadow, Path2D>();
	/** Their elements are there, but perhaps not drawn yet. */
	let leaving: { shadow: Shadow; until: number }[] = [];
	let known: readonly Shadow[] = [];
	let frame = 0;
	/** What the page's lines were last drawn for. */
	let lined = '';
	let isBlank = false;

	function redraw(): void {
		if (frame === 0) frame = requestAnimationFrame(draw);
	}

	function draw(time: number): void {
		frame = 0;
		const view = canvas.view();
		for (const one of [under, over]) fit(one, view.width, view.height);
		const { pages } = board.state();
		const { pageId } = view;
		drawLines(pages.find(({ id }) => id === pageId)?.template ?? 'blank', view);
		const above = over.getContext('2d');
		if (above) drawShadows(above, view, pageId, time);
	}

	/** Ink of others comes twenty times a second; the lines below it stay. */
	function drawLines(template: PageTemplate, view: ReturnType<BoardCanvas['view']>): void {
		const color = lineColor();
		const wanted = JSON.stringify([template, color, view, devicePixelRatio]);
		const below = under.getContext('2d');
		if (!below || wanted === lined) return;
		lined = wanted;
		below.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
		below.clearRect(0, 0, view.width, view.height);
		below.strokeStyle = color;
		drawTemplate(below, template, view);
	}

	function drawShadows(
		context: CanvasRenderingContext2D,
		view: ReturnType<BoardCanvas['view']>,
		pageId: string,
		time: number
	): void {
		const present = [...board.shadows().values()];
		const ids = new Set(present.map(({ strokeId }) => strokeId));
		const gone = known.filter((shadow) => !ids.has(shadow.strokeId) && !fades(shadow));
		leaving.push(...gone.map((shadow) => ({ shadow, until: time + HANDOVER })));
		leaving = leaving.filter(({ until }) => until > time);
		known = present;
		const shown = [...present, ...leaving.map(({ shadow }) => shadow)];
		if (shown.length === 0 && isBlank) return;
		isBlank = shown.length === 0;
		context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
		context.clearRect(0, 0, view.width, view.height);
		const scale = devicePixelRatio * view.zoom;
		const left = (view.width / 2 / view.zoom - view.x) * scale;
		const top = (view.height / 2 / view.zoom - view.y) * scale;
		context.setTransform(scale, 0, 0, scale, left, top);
		for (const shadow of shown) {
			if (shadow.pageId !== pageId) continue;
			context.globalAlpha = shadow.kind === 'highlighter' ? HIGHLIGHTER_OPACITY : 1;
			context.fillStyle = shadow.color;
			context.fill(pathOf(shadow));
		}
		if (leaving.length > 0) redraw();
		over.dataset.strokes = String(shown.length);
	}

	function pathOf(shadow: Shadow): Path2D {
		let path = paths.get(shadow);
		if (!path) paths.set(shadow, (path = outline(shadow)));
		return path;
	}

	const stops = [board.onShadows(redraw), canvas.onView(redraw), board.subscribe(redraw)];
	return {
		redraw,
		stop() {
			cancelAnimationFrame(frame);
			stops.forEach((stop) => stop());
		}
	};
}

function fades({ kind }: Shadow): boolean {
	return kind === 'laser' || kind === 'pointback';
}

/** With the library's own measures, so that nothing jumps when the finished element takes the stroke's place. */
function outline({ points, width }: Shadow): Path2D {
	const input: [number, number, number][] = [];
	for (let at = 0; at < points.length; at += 3) input.push([points[at]!, points[at + 1]!, points[at + 2]!]);
	const simulatePressure = input.every(([, , pressure]) => pressure === 0.5);
	const edge = getStroke(input, {
		...{ simulatePressure, size: width * 4.25, thinning: 0.6, smoothing: 0.5, streamline: 0.5, last: false },
		easing: (pressure) => Math.sin((pressure * Math.PI) / 2)
	});
	const path = new Path2D();
	edge.forEach(([x = 0, y = 0], at) => {
		const [nextX = 0, nextY = 0] = edge[(at + 1) % edge.length] ?? [];
		if (at === 0) path.moveTo((x + nextX) / 2, (y + nextY) / 2);
		else path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
	});
	path.closePath();
	return path;
}

function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
	const [across, down] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
	if (canvas.width !== across) canvas.width = across;
	if (canvas.height !== down) canvas.height = down;
}

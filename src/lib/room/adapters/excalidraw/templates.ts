import type { PageTemplate } from '../../../shared/board.ts';
import type { BoardView } from '../../../shared/boardInk.ts';

/** Units of the page from line to line. */
const LINE = 40;
const SQUARE = 20;
/** Five lines, and the room to the next five. */
const STAFF_LINE = 12;
const STAFF = 12 * STAFF_LINE;
/** Closer on the screen, lines become a grey area; CSS pixels. */
const CLOSEST = 5;

/** Where lines stand on the screen between its edges: one each `step` units, counted from the middle of the page. */
function* lines(from: number, to: number, step: number, at: (value: number) => number): Generator<number> {
	for (let nth = Math.ceil(from / step); nth * step <= to; nth += 1) yield at(nth * step);
}

/** What is looked at; the size is that of the screen or picture, in CSS pixels. */
export type TemplateView = Omit<BoardView, 'pageId'> & { width: number; height: number };

type LineContext = Pick<CanvasRenderingContext2D, 'lineWidth' | 'beginPath' | 'moveTo' | 'lineTo' | 'stroke'>;

/** Draws the lines of a page with the stroke style that is set. Sizes in CSS pixels. */
export function drawTemplate(context: LineContext, template: PageTemplate, view: TemplateView): void {
	if (template === 'blank') return;
	const { zoom, width, height } = view;
	const left = view.x - width / 2 / zoom;
	const top = view.y - height / 2 / zoom;
	const toX = (x: number) => Math.round((x - left) * zoom) + 0.5;
	const toY = (y: number) => Math.round((y - top) * zoom) + 0.5;
	const [right, bottom] = [left + width / zoom, top + height / zoom];
	const across = (y: number) => path.push([0, y, width, y]);
	const down = (x: number) => path.push([x, 0, x, height]);
	let path: [number, number, number, number][] = [];

	function ink(lineWidth: number): void {
		context.lineWidth = lineWidth;
		context.beginPath();
		for (const [fromX, fromY, x, y] of path) {
			context.moveTo(fromX, fromY);
			context.lineTo(x, y);
		}
		context.stroke();
		path = [];
	}

	if (template === 'lined' && LINE * zoom >= CLOSEST)
		for (const y of lines(top, bottom, LINE, toY)) across(y);
	if ((template === 'squared' || template === 'axes') && SQUARE * zoom >= CLOSEST) {
		for (const y of lines(top, bottom, SQUARE, toY)) across(y);
		for (const x of lines(left, right, SQUARE, toX)) down(x);
	}
	if (template === 'staves' && STAFF_LINE * zoom >= CLOSEST) {
		for (let nth = 0; nth < 5; nth += 1) {
			const shift = nth * STAFF_LINE;
			for (const y of lines(top - shift, bottom - shift, STAFF, (value) => toY(value + shift))) across(y);
		}
	}
	ink(1);
	if (template !== 'axes') return;
	across(toY(0));
	down(toX(0));
	ink(2);
}

/** The same lines as paths of an SVG, each with its width. */
export function templatePaths(
	template: PageTemplate,
	view: TemplateView
): { d: string; lineWidth: number }[] {
	const paths: { d: string; lineWidth: number }[] = [];
	let d = '';
	drawTemplate(
		{
			lineWidth: 1,
			beginPath: () => (d = ''),
			moveTo: (x, y) => (d += `M${x} ${y}`),
			lineTo: (x, y) => (d += `L${x} ${y}`),
			stroke() {
				if (d !== '') paths.push({ d, lineWidth: this.lineWidth });
			}
		},
		template,
		view
	);
	return paths;
}

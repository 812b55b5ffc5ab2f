import { expect, test } from 'vitest';
import type { LiveElement } from '../../../shared/board.ts';
import { boardElementSchema } from '../../../shared/boardSchemas.ts';
import { sceneElement } from '../../fakes/fakeScene.ts';
import { fromScene, toScene } from './sceneElements.ts';

const POINTS = [
	[0, 0],
	[10.005, 20.004],
	[-5, 3]
];
const LINEAR = { startBinding: null, endBinding: null, startArrowhead: null, endArrowhead: null };
const ELEMENTS = [
	sceneElement('rectangle', { roundness: { type: 3 }, boundElements: [{ id: 't', type: 'text' }] }),
	sceneElement('ellipse', { type: 'ellipse', angle: 1.2345678, opacity: 40, locked: true }),
	sceneElement('diamond', { type: 'diamond', backgroundColor: '#ffec99', fillStyle: 'hachure' }),
	sceneElement('pen', { type: 'freedraw', points: POINTS, pressures: [], simulatePressure: true }),
	sceneElement('stylus', {
		...{ type: 'freedraw', points: POINTS, pressures: [0.1, 0.55555, 1], simulatePressure: false }
	}),
	sceneElement('even', { type: 'freedraw', points: POINTS, pressures: [], simulatePressure: false }),
	sceneElement('line', { type: 'line', points: POINTS, ...LINEAR }),
	sceneElement('arrow', {
		...{ type: 'arrow', points: POINTS, ...LINEAR, endArrowhead: 'triangle', elbowed: false },
		startBinding: { elementId: 'rectangle', focus: 0.123456789, gap: 4, fixedPoint: null }
	}),
	sceneElement('elbow', {
		...{ type: 'arrow', points: POINTS, ...LINEAR, elbowed: true, startIsSpecial: null, endIsSpecial: true },
		...{ fixedSegments: [{ index: 1, start: [0, 0], end: [3, 4] }] }
	}),
	sceneElement('text', {
		...{ type: 'text', text: 'one\ntwo', originalText: 'one two', fontSize: 20, fontFamily: 6 },
		...{ textAlign: 'center', verticalAlign: 'middle', containerId: 'rectangle', autoResize: false },
		lineHeight: 1.25
	}),
	sceneElement('image', {
		...{ type: 'image', fileId: 'file-1', status: 'saved', scale: [-1, 1] },
		crop: { x: 1, y: 2, width: 3, height: 4, naturalWidth: 50, naturalHeight: 60 }
	})
];

test('[S6] every kind goes to the board as the server takes it, without links and data of others', () => {
	for (const element of ELEMENTS) {
		const kept = fromScene(element, 'first');
		expect(boardElementSchema.safeParse(kept).error, element.id).toBeUndefined();
		expect(JSON.stringify(kept)).not.toMatch(/example\.org|customData|updated/);
	}
});

test('[X2] there and back again nothing changes', () => {
	for (const element of ELEMENTS) {
		const kept = fromScene(element, 'first') as LiveElement;
		const shown = toScene(kept);
		expect(fromScene(shown, 'first')).toEqual(kept);
		expect(shown).toMatchObject({ id: element.id, type: element.type, link: null, versionNonce: 77 });
	}
});

test('[X2] a stroke is as wide as its points reach', () => {
	const pen = ELEMENTS.find(({ id }) => id === 'pen')!;
	const shown = toScene(fromScene(pen, 'first') as LiveElement);
	expect(shown).toMatchObject({ width: 15.01, height: 20 });
	// Without it the library leaves out the end of the stroke.
	expect(shown).toMatchObject({
		lastCommittedPoint: (shown as unknown as { points: unknown[] }).points.at(-1)
	});
});

test('[S6] what the board does not have stays out, and wild values are brought into its limits', () => {
	for (const type of ['embeddable', 'iframe', 'frame', 'magicframe', 'selection'])
		expect(fromScene(sceneElement('x', { type }), 'first')).toBeNull();
	expect(fromScene(sceneElement('no good id!'), 'first')).toBeNull();
	expect(fromScene(sceneElement('i', { type: 'image', fileId: null, scale: [1, 1] }), 'first')).toBeNull();
	for (const type of ['line', 'arrow'])
		expect(fromScene(sceneElement('l', { type, points: [[0, 0]], ...LINEAR }), 'first')).toBeNull();
	const fine = { width: 1e6, backgroundColor: '#ffcc00', fillStyle: 'zigzag', strokeWidth: 0.5 };
	expect(boardElementSchema.safeParse(fromScene(sceneElement('fine', fine), 'first')).success).toBe(true);
	const wild = sceneElement('wild', { x: NaN, y: 1e12, strokeColor: '#abc', strokeWidth: 0, opacity: 300 });
	const kept = fromScene(wild, 'first');
	expect(boardElementSchema.safeParse(kept).success).toBe(true);
	expect(kept).toMatchObject({ data: { x: 0, y: 1_000_000, strokeColor: '#aabbcc' } });
});

test('[X2] what is deleted keeps nothing but its place and version', () => {
	expect(fromScene(sceneElement('gone', { isDeleted: true }), 'first')).toEqual({
		...{ id: 'gone', pageId: 'first', kind: 'rectangle', version: 3, nonce: 77 },
		...{ deleted: true, data: null }
	});
});

import { exportToCanvas, exportToSvg, getCommonBounds } from '@excalidraw/excalidraw';
import type { ExcalidrawElement, NonDeletedExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { BinaryFiles } from '@excalidraw/excalidraw/types';
import type { FileStore } from '../../board/pictureSender.ts';
import type { PageDrawing, PageToDraw } from './drawnPage.ts';
import { pictureScale, templateView, type PictureFrame } from './pictureFrame.ts';
import { readPicture } from './pictures.ts';
import { toScene } from './sceneElements.ts';
import { byOrder } from './sceneSync.ts';
import { drawTemplate, templatePaths } from './templates.ts';

/** Around what is drawn, units of the page. */
const MARGIN = 32;
const PAPER = '#ffffff';
const LINES = '#d5dbe3';
const SVG = 'http://www.w3.org/2000/svg';
/** Characters that no XML may hold, however they got into a text. */
const NOT_IN_XML = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;

interface Prepared {
	scene: NonDeletedExcalidrawElement[];
	frame: PictureFrame;
	pictures: BinaryFiles;
	missing: number;
}

/** Draws pages with the drawing library, which is loaded with this file. Browser only. */
export function createPageDrawing(files: Pick<FileStore, 'read'>): PageDrawing {
	async function prepare({ elements }: PageToDraw): Promise<Prepared | null> {
		const scene = elements
			.flatMap((element): ExcalidrawElement[] =>
				element.deleted || element.kind === 'page' ? [] : [toScene(element)]
			)
			.sort(byOrder) as NonDeletedExcalidrawElement[];
		if (scene.length === 0) return null;
		const [left, top, right, bottom] = getCommonBounds(scene);
		const frame = {
			...{ left: left - MARGIN, top: top - MARGIN },
			...{ width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN }
		};
		const ids = new Set(scene.flatMap((one) => (one.type === 'image' && one.fileId ? one.fileId : [])));
		const read = await Promise.allSettled([...ids].map((id) => readPicture(files, id)));
		const pictures = read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
		return {
			...{ scene, frame, missing: read.length - pictures.length },
			pictures: Object.fromEntries(pictures.map((picture) => [picture.id, picture]))
		};
	}

	return {
		async drawSvg(page, { dark }) {
			const prepared = await prepare(page);
			if (!prepared) return null;
			const { scene, frame, pictures, missing } = prepared;
			const svg = await exportToSvg({
				...{ elements: scene, files: pictures, exportPadding: MARGIN },
				appState: { exportBackground: true, viewBackgroundColor: PAPER, exportWithDarkMode: dark }
			});
			// A font that could not be fetched stands there by its address.
			const fonts = svg.querySelector('style')?.textContent ?? '';
			if (/url\((?!data:)/.test(fonts)) throw new Error('The fonts of the whiteboard could not be loaded.');
			svg.querySelector('metadata')?.remove();
			svg.querySelector(':scope > rect')?.after(linesOf(page, frame));
			const text = new XMLSerializer().serializeToString(svg).replace(NOT_IN_XML, '');
			return { picture: { text, width: frame.width, height: frame.height }, missing };
		},

		async drawPng(page) {
			const prepared = await prepare(page);
			if (!prepared) return null;
			const { scene, frame, pictures, missing } = prepared;
			const scale = pictureScale(frame);
			const [width, height] = [Math.ceil(frame.width * scale), Math.ceil(frame.height * scale)];
			const drawn = await exportToCanvas({
				...{ elements: scene, files: pictures, exportPadding: MARGIN },
				appState: { exportBackground: false, exportWithDarkMode: false },
				getDimensions: () => ({ width, height, scale })
			});
			const canvas = Object.assign(document.createElement('canvas'), { width, height });
			const context = canvas.getContext('2d');
			if (!context) throw new Error('This browser cannot draw the picture.');
			context.fillStyle = PAPER;
			context.fillRect(0, 0, width, height);
			const view = templateView(frame, scale);
			context.setTransform(scale / view.zoom, 0, 0, scale / view.zoom, 0, 0);
			context.strokeStyle = LINES;
			drawTemplate(context, page.template, view);
			context.resetTransform();
			context.drawImage(drawn, 0, 0);
			const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
			if (!blob) throw new Error('This browser cannot draw a picture of that size.');
			return { picture: blob, missing };
		}
	};
}

function linesOf({ template }: PageToDraw, frame: PictureFrame): SVGGElement {
	const view = templateView(frame, pictureScale(frame));
	const group = document.createElementNS(SVG, 'g');
	group.setAttribute('fill', 'none');
	group.setAttribute('stroke', LINES);
	if (view.zoom !== 1) group.setAttribute('transform', `scale(${1 / view.zoom})`);
	for (const { d, lineWidth } of templatePaths(template, view)) {
		const path = document.createElementNS(SVG, 'path');
		path.setAttribute('d', d);
		path.setAttribute('stroke-width', String(lineWidth));
		group.append(path);
	}
	return group;
}

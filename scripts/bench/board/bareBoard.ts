import '@excalidraw/excalidraw/index.css';
import { CaptureUpdateAction, Excalidraw, reconcileElements, restoreElements } from '@excalidraw/excalidraw';
import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { ExcalidrawImperativeAPI, ExcalidrawProps } from '@excalidraw/excalidraw/types';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { toScene } from '../../../src/lib/room/adapters/excalidraw/sceneElements.ts';
import { toolState } from '../../../src/lib/room/adapters/excalidraw/tools.ts';
import { aBoardOf } from './objects.ts';

/** As often as our ink, ms. */
const SEND_EVERY = 50;

/**
 * Excalidraw alone, or with the way its own collaboration goes: whole elements that changed go to the others as they
 * are, who reconcile them; whoever comes later gets the scene as one message. Nothing is stored, encrypted or checked.
 */
export function openBareBoard(place: HTMLElement, query: URLSearchParams): void {
	place.style.width = `${query.get('width')}px`;
	place.style.height = `${query.get('height')}px`;
	const elements = aBoardOf(Number(query.get('objects') ?? 0)).map(toScene);
	// As on ours, where everybody begins.
	const middle = { scrollX: Number(query.get('width')) / 2, scrollY: Number(query.get('height')) / 2 };
	const room = query.get('room');
	let onChange: (() => void) | undefined;
	const props: ExcalidrawProps = {
		initialData: { elements, appState: { viewBackgroundColor: 'transparent', ...toolState(PEN), ...middle } },
		excalidrawAPI(api) {
			setTimeout(() => {
				api.setActiveTool({ type: 'freedraw' });
				if (room !== null) onChange = share(api, room);
			});
		}
	};
	if (room !== null) props.onChange = () => onChange?.();
	createRoot(place).render(createElement(Excalidraw, props));
}

const PEN = { tool: 'pen', color: '#1e1e1e', width: 2, textSize: 20 } as const;

function share(api: ExcalidrawImperativeAPI, room: string): () => void {
	const socket = new WebSocket(`ws://${location.host}/${room}`);
	const known = new Map<string, number>();
	let waiting = false;

	function send(): void {
		if (waiting || socket.readyState !== WebSocket.OPEN) return;
		const changed = api
			.getSceneElementsIncludingDeleted()
			.filter(({ id, version }) => (known.get(id) ?? -1) < version);
		if (changed.length === 0) return;
		for (const { id, version } of changed) known.set(id, version);
		socket.send(JSON.stringify({ elements: changed }));
		waiting = true;
		setTimeout(() => {
			waiting = false;
			send();
		}, SEND_EVERY);
	}

	socket.onopen = () => socket.send(JSON.stringify({ ask: true }));
	socket.onmessage = ({ data }: MessageEvent<string>) => {
		const message = JSON.parse(data) as { ask?: true; elements?: ExcalidrawElement[] };
		if (message.ask) {
			known.clear();
			return send();
		}
		const remote = restoreElements(message.elements, null) as unknown as Parameters<
			typeof reconcileElements
		>[1];
		const elements = reconcileElements(api.getSceneElementsIncludingDeleted(), remote, api.getAppState());
		for (const { id, version } of remote) known.set(id, version);
		api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
	};
	return send;
}

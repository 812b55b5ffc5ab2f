import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { SceneApi } from '../adapters/excalidraw/sceneSync.ts';

/** The drawing library's scene without the library: a list of elements and what is unfinished of them. */
export interface FakeScene extends SceneApi {
	/** Somebody draws: an element is added or replaced, as the library does it. */
	put(element: ExcalidrawElement): void;
	state: ReturnType<SceneApi['appState']>;
	/** How often something was shown. */
	shows: number;
}

export function fakeScene(): FakeScene {
	let scene: readonly ExcalidrawElement[] = [];
	const fake: FakeScene = {
		shows: 0,
		state: { newElement: null, multiElement: null, editingTextElement: null },
		appState: () => fake.state,
		letGo: () => (fake.state = { ...fake.state, newElement: null, multiElement: null }),
		elements: () => scene,
		show(elements) {
			fake.shows += 1;
			scene = [...elements];
			// Of two at the same place the library moves one up, whosever it is, as if somebody had changed it.
			for (const [at, element] of scene.entries()) {
				const below = scene[at - 1]?.index;
				if (!below || element.index! > below) continue;
				Object.assign(element, { index: `${below}V`, version: element.version + 1, versionNonce: at });
			}
		},
		put(element) {
			scene = [...scene.filter(({ id }) => id !== element.id), element];
		}
	};
	return fake;
}

/** An element as the library makes it, with everything in it that the board does not keep. */
export function sceneElement(id: string, fields: Record<string, unknown> = {}): ExcalidrawElement {
	return {
		...{ id, type: 'rectangle', x: 1.23456, y: 2, width: 30, height: 40, angle: 0, index: 'a0' },
		...{ strokeColor: '#1e1e1e', backgroundColor: 'transparent', fillStyle: 'solid', strokeWidth: 2 },
		...{ strokeStyle: 'solid', roughness: 0, opacity: 100, seed: 5, version: 3, versionNonce: 77 },
		...{ groupIds: [], frameId: null, roundness: null, boundElements: null, updated: 1, locked: false },
		...{ isDeleted: false, link: 'https://example.org/', customData: { any: 'thing' } },
		...fields
	} as unknown as ExcalidrawElement;
}

import type { Page } from '@playwright/test';
import type { Size } from './shutter.ts';
import type { Studio } from './studio.ts';

/** One page in one state, as it is to be taken in light and dark, on a desktop and on a phone. */
export interface Scene<Stage> {
	/** `<page>-<state>`: the beginning of the files' names. */
	name: string;
	/** What is to be seen, in a few words. */
	words: string;
	/** Brings it about and answers the window it is in. */
	show(stage: Stage): Promise<Page>;
	/** What a change of the window's size takes away, brought about again. */
	again?(page: Page): Promise<void>;
	/** Puts back what the scenes after this one count on. */
	after?(stage: Stage): Promise<void>;
	/** The whole page instead of what fits into the window. */
	whole?: boolean;
	/** Of the window; a desktop and a phone unless said. */
	sizes?: readonly Size[];
	/** Toasts belong to it; elsewhere they are left out. */
	toasts?: boolean;
}

/** Scenes that are taken one after the other with the same people. */
export interface Area<Stage> {
	name: string;
	title: string;
	open(studio: Studio): Promise<Stage>;
	scenes: readonly Scene<Stage>[];
}

/** An area whose stage only its own scenes know. */
export interface AnyArea {
	name: string;
	title: string;
	scenes: readonly Pick<Scene<unknown>, 'name' | 'words' | 'sizes'>[];
	/** Opens its stage and hands each wanted scene to `take`, also after one that could not be shown. */
	run(
		studio: Studio,
		isWanted: (name: string) => boolean,
		take: (scene: Scene<unknown>, page: Page) => Promise<void>,
		onFailure: (name: string, error: unknown) => void
	): Promise<void>;
}

export function area<Stage>({ name, title, open, scenes }: Area<Stage>): AnyArea {
	return {
		name,
		title,
		scenes,
		async run(studio, isWanted, take, onFailure) {
			const wanted = scenes.filter((scene) => isWanted(scene.name));
			if (wanted.length === 0) return;
			const fail = (error: unknown) => wanted.forEach((scene) => onFailure(scene.name, error));
			const stage = await open(studio).catch((error: unknown) => fail(error));
			if (stage === undefined) return;
			for (const scene of wanted) {
				try {
					await take(scene as Scene<unknown>, await scene.show(stage));
				} catch (error) {
					onFailure(scene.name, error);
				}
				await scene.after?.(stage).catch((error: unknown) => onFailure(`${scene.name} (after)`, error));
			}
		}
	};
}

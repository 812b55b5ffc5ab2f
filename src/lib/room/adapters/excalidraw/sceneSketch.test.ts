import { expect, test } from 'vitest';
import { fakeScene, sceneElement } from '../../fakes/fakeScene.ts';
import { fakeWhiteboard } from '../../fakes/fakeWhiteboard.ts';
import { createSceneSync } from './sceneSync.ts';

test('[X3] what is being drawn or written is kept on the device each second, and no longer when it is finished or given up', async () => {
	const { clock, enter } = fakeWhiteboard();
	const { board, bytes } = enter('maya');
	const scene = fakeScene();
	const sync = createSceneSync({
		...{ board, clock, api: scene, pageId: 'first', onShown: () => undefined, onFree: () => undefined },
		...{ soon: (run) => clock.after(16, run), nonce: () => 5 }
	});
	const kept = async () => (await Promise.all([...bytes.kept.values()].map((one) => one.text()))).join();
	const hold = (what: 'newElement' | 'editingTextElement', element: ReturnType<typeof sceneElement> | null) =>
		(scene.state = { ...scene.state, [what]: element as never });
	for (const version of [3, 9]) {
		scene.put(sceneElement('stroke', { version }));
		hold('newElement', sceneElement('stroke'));
		await clock.advance(1_000);
		expect(await kept()).toContain(`"id":"stroke","pageId":"first","kind":"rectangle","version":${version}`);
	}
	expect(board.elementsOn('first')).toEqual([]);
	hold('newElement', null);
	sync.changed(scene.elements());
	await clock.advance(1_000);
	expect(await kept()).toBe('');

	const text = { type: 'text', fontSize: 20, fontFamily: 6, lineHeight: 1.35, autoResize: true };
	hold('editingTextElement', sceneElement('text'));
	for (const [written, isKept] of [
		['', false],
		['so far', true]
	] as const) {
		scene.put(sceneElement('text', { ...text, text: written, originalText: written }));
		await clock.advance(1_000);
		expect((await kept()).includes(`"text":"${written}"`)).toBe(isKept);
	}
	scene.put(sceneElement('text', { ...text, text: '', originalText: '', isDeleted: true }));
	hold('editingTextElement', null);
	await clock.advance(1_000);
	expect(await kept()).toBe('');
});

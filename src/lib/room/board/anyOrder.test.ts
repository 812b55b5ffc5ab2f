import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveElement } from '../../shared/board.ts';
import { fakeWhiteboard, rectangle } from '../fakes/fakeWhiteboard.ts';

const DEEDS = [
	...(['draw', 'draw', 'move', 'move', 'together', 'delete', 'clear', 'undo', 'undo', 'redo'] as const),
	...([
		'page',
		'leaf',
		'deletePage',
		'cut',
		'restore',
		'loseAnswers',
		'reload',
		'lock',
		'time',
		'time'
	] as const)
];
const deed = fc.record({
	who: fc.nat(2),
	what: fc.constantFrom(...DEEDS),
	which: fc.nat(50),
	nonce: fc.nat(1_000)
});
const PEOPLE = ['maya', 'liam', 'aisha'];

interface Deed {
	who: number;
	what: (typeof DEEDS)[number];
	which: number;
	nonce: number;
}

/** Lets people do things in any order, offline or not; then everybody is connected again. */
async function live(deeds: Deed[]) {
	let randomness = 0;
	const { clock, server, enter } = fakeWhiteboard(() => (randomness = (randomness + 0.377) % 1));
	const seats = PEOPLE.map((userId) => enter(userId));
	/** What each person ever touched. */
	const touched = PEOPLE.map(() => new Set<string>());
	const drawn = new Set<string>();
	/** What somebody deleted or took back who had it before them. */
	const taken = new Set<string>();
	let count = 0;
	await clock.advance(50);
	for (const { who, what, which, nonce } of deeds) {
		const { board, link, storage } = seats[who]!;
		const { pageId, pages } = board.state();
		const all = board.elementsOn(pageId);
		const one = all[which % Math.max(1, all.length)] as LiveElement | undefined;
		const stopNoting = board.onElements((ids) => {
			for (const id of ids) if (board.current(id)?.deleted) taken.add(id);
		});
		switch (what) {
			case 'draw': {
				const id = `e${++count}`;
				touched[who]!.add(id);
				drawn.add(id);
				board.change([{ ...rectangle(id, which, 1, nonce), pageId } as LiveElement], which % 3 > 0);
				break;
			}
			case 'move':
			case 'together': {
				const moved = what === 'together' ? all : one ? [one] : [];
				for (const element of moved) touched[who]!.add(element.id);
				board.change(
					moved.map((element) => {
						const data = { ...element.data, x: which };
						return { ...element, version: element.version + 1 + (nonce % 2), nonce, data } as LiveElement;
					}),
					which % 3 > 0
				);
				break;
			}
			case 'delete':
				if (one) touched[who]!.add(one.id);
				board.remove(one ? [one.id] : []);
				break;
			case 'clear':
				for (const { id } of all) touched[who]!.add(id);
				board.clear();
				break;
			case 'undo':
			case 'redo': {
				const changed = new Set<string>();
				const stop = board.onElements((ids) => ids.forEach((id) => changed.add(id)));
				board[what]();
				stop();
				for (const id of changed) {
					if (board.current(id)?.kind !== 'page') expect(touched[who]).toContain(id);
				}
				break;
			}
			case 'page':
				board.addPage('lined');
				break;
			case 'leaf':
				board.goTo(pages[which % pages.length]!.id);
				break;
			case 'deletePage':
				for (const { id } of all) touched[who]!.add(id);
				board.deletePage(pageId);
				break;
			case 'lock':
				seats[0]!.board.setLocked(which % 2 === 0);
				break;
			case 'cut':
				link.cut();
				break;
			case 'restore':
				link.restore();
				break;
			case 'loseAnswers':
				link.loseAnswers = !link.loseAnswers;
				break;
			case 'reload':
				seats[who]!.close();
				seats[who] = enter(PEOPLE[who]!, storage);
				break;
			case 'time':
				stopNoting();
				await clock.advance(which * 20);
		}
		stopNoting();
	}
	for (const { link } of seats) {
		link.loseAnswers = false;
		link.restore();
	}
	seats[0]!.board.setLocked(false);
	await clock.advance(60_000);
	return { server, boards: [...seats, enter('late')].map(({ board }) => board), clock, drawn, taken };
}

test('[X3] whatever happens in whatever order, everybody has the same board in the end', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 60 }), async (deeds) => {
			const { server, boards, clock, drawn, taken } = await live(deeds);
			await clock.advance(1_000);
			const onServer = [...server.elements.values()].flatMap(({ id, kind, deleted }) =>
				deleted || kind === 'page' ? [] : id
			);
			// Nothing goes that nobody who had it before them took away.
			expect(onServer).toEqual(expect.arrayContaining([...drawn].filter((id) => !taken.has(id))));
			for (const board of boards) {
				expect(board.state()).toMatchObject({ saving: 'saved', unsaved: 0 });
				expect(board.state().pages).toEqual(boards[0]!.state().pages);
				for (const element of server.elements.values()) {
					const { id, version, nonce, deleted, data } = element;
					// Somebody who comes late hears nothing of what was deleted.
					if (!deleted) expect(board.current(id)).toMatchObject({ version, nonce, deleted, data });
					else expect(board.current(id)?.deleted ?? true).toBe(true);
				}
				const shown = board.state().pages.flatMap((page) => board.elementsOn(page.id));
				// Nothing counts that nobody sees.
				expect(shown.map(({ id }) => id).sort()).toEqual([...onServer].sort());
			}
		}),
		{ numRuns: 150 }
	);
});

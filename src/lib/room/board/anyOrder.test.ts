import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoardDeeds, DEEDS, type Deed } from '../fakes/boardDeeds.ts';
import { fakeWhiteboard } from '../fakes/fakeWhiteboard.ts';

const PEOPLE = ['maya', 'liam', 'aisha'];
const deed = fc.record({
	who: fc.nat(PEOPLE.length - 1),
	what: fc.constantFrom(...DEEDS),
	which: fc.nat(50),
	nonce: fc.nat(1_000)
});

/** Lets people do things in any order, offline or not; then everybody is connected again. */
async function live(given: Deed[]) {
	let randomness = 0;
	const { clock, server, enter } = fakeWhiteboard(() => (randomness = (randomness + 0.377) % 1));
	const seats = PEOPLE.map((userId) => enter(userId));
	const deeds = createBoardDeeds({
		seats,
		reload(who) {
			const { storage, bytes, close } = seats[who]!;
			close();
			seats[who] = enter(PEOPLE[who]!, storage, bytes);
		},
		pass: clock.advance
	});
	await clock.advance(50);
	for (const one of given) await deeds.do(one);
	for (const { link } of seats) {
		link.loseAnswers = false;
		link.restore();
	}
	seats[0]!.board.setLocked(false);
	await clock.advance(60_000);
	return { server, boards: [...seats, enter('late')].map(({ board }) => board), clock, deeds };
}

test('[X3] whatever happens in whatever order, everybody has the same board in the end', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 60, size: 'max' }), async (given) => {
			const { server, boards, clock, deeds } = await live(given);
			await clock.advance(1_000);
			const onServer = [...server.elements.values()].flatMap(({ id, kind, deleted }) =>
				deleted || kind === 'page' ? [] : id
			);
			// Nothing goes that nobody who had it before them took away.
			expect(onServer).toEqual(expect.arrayContaining([...deeds.drawn].filter((id) => !deeds.taken.has(id))));
			expect(deeds.meddled).toEqual([]);
			for (const [id, { version, nonce }] of deeds.newest)
				expect(server.elements.get(id)).toMatchObject({ version, nonce });
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

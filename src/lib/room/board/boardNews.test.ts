import { expect, test } from 'vitest';
import { fakeWhiteboard, rectangle } from '../fakes/fakeWhiteboard.ts';
import { newsWords, tellNews, type Happening } from './boardNews.ts';
import { orderAt } from './pageOrder.ts';
import { FIRST_PAGE, type PageView } from './pages.ts';

function listening() {
	const { clock, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	const said: string[] = [];
	const open = () =>
		tellNews({
			...{ board: liam.board, clock, myUserId: 'liam' },
			...{ nameOf: (id) => id[0]!.toUpperCase() + id.slice(1), say: (text) => said.push(text) }
		});
	return { clock, maya, liam, said, open };
}

test('[X5] [Y2] what another person draws is summed up, every few seconds at most', async () => {
	const { clock, maya, said, open } = listening();
	await clock.advance(100);
	open();
	for (let nth = 0; nth < 40; nth += 1) {
		maya.board.change([rectangle(`r${nth}`, nth)], true);
		await clock.advance(250);
	}
	await clock.advance(20_000);
	expect(said.length).toBeLessThanOrEqual(3);
	const counts = said.map((text) => Number(/added (\d+) objects/.exec(text)![1]));
	expect(said[0]).toBe(`Maya added ${counts[0]} objects`);
	expect(counts.reduce((sum, count) => sum + count)).toBe(40);
});

test('[X5] [Y2] whoever draws on and on is spoken of more and more seldom, and at once after a pause', async () => {
	const { clock, maya, said, open } = listening();
	await clock.advance(100);
	open();
	for (let nth = 0; nth < 300; nth += 1) {
		maya.board.change([rectangle(`r${nth}`, nth)], true);
		await clock.advance(1_000);
	}
	expect(said.length).toBeGreaterThan(3);
	expect(said.length).toBeLessThan(12);
	await clock.advance(60_000);
	const before = said.length;
	maya.board.change([rectangle('later', 1)], true);
	await clock.advance(1_500);
	expect(said.slice(before)).toEqual(['Maya added a rectangle']);
});

test('[Y2] one thing is called by what it is; what came and went meanwhile is not spoken of', async () => {
	const { clock, maya, said, open } = listening();
	maya.board.change([rectangle('a', 1)], true);
	await clock.advance(500);
	open();
	maya.board.change([rectangle('b', 1)], true);
	maya.board.remove(['b']);
	await clock.advance(6_000);
	expect(said).toEqual([]);
	maya.board.change([rectangle('c', 1)], true);
	await clock.advance(6_000);
	maya.board.remove(['a']);
	await clock.advance(6_000);
	expect(said).toEqual(['Maya added a rectangle', 'Maya deleted an object']);
});

test('[Y2] neither what was there before nor what one does oneself is news; closed, nothing is said', async () => {
	const { clock, maya, liam, said, open } = listening();
	maya.board.change([rectangle('a', 1)], true);
	await clock.advance(500);
	const stop = open();
	await clock.advance(6_000);
	liam.board.change([rectangle('b', 1)], true);
	await clock.advance(6_000);
	maya.board.change([rectangle('c', 1)], true);
	stop();
	await clock.advance(6_000);
	expect(said).toEqual([]);
});

const page = (id: string, order: string): PageView => ({ id, order, template: 'blank', title: '' });

test('[Y2] sentences count, and name the page where there are several', () => {
	const one = (what: Happening['what'], pageId = 'p1', isPage = false): Happening => ({
		...{ what, pageId, isPage, title: null }
	});
	const pages = [page('p1', 'B'), page('p2', 'C')];
	const added = [one('added', 'p2'), one('added', 'p2'), one('added', 'p2')];
	expect(newsWords('Ana', added, pages)).toBe('Ana added 3 objects on page 2');
	expect(newsWords('Ana', [...added, one('deleted')], pages)).toBe(
		'Ana added 3 objects and deleted 1 on 2 pages'
	);
	expect(newsWords('Ana', [one('changed')], [pages[0]!])).toBe('Ana changed an object');
	expect(newsWords('Ana', [one('added', 'p2', true)], pages)).toBe('Ana added a page');
	const text = { ...one('changed'), title: 'Ellipse “Sum”' };
	expect(newsWords('Ana', [text], pages)).toBe('Ana changed an ellipse “Sum” on page 1');
});

test('[X2] a page goes to any place in the strip, and nowhere when it is there', () => {
	const pages = ['B', 'C', 'D', 'E'].map((order) => page(order, order));
	for (const { id } of pages) {
		for (let to = 0; to < pages.length; to += 1) {
			const order = orderAt(pages, id, to);
			const moved = pages.map((one) => (one.id === id && order ? { ...one, order } : one));
			moved.sort((a, b) => (a.order < b.order ? -1 : 1));
			expect(moved[to]!.id).toBe(id);
			expect(order === null).toBe(pages[to]!.id === id);
		}
	}
});

test('[X2] the name of the first page is one’s own action, the page itself is everybody’s', async () => {
	const { clock, maya, liam } = listening();
	await clock.advance(100);
	maya.board.changePage(FIRST_PAGE.id, { title: 'Fractions' });
	liam.board.change([rectangle('a', 1)], true);
	await clock.advance(500);
	expect(liam.board.state().pages).toMatchObject([{ id: 'first', title: 'Fractions' }]);
	maya.board.undo();
	await clock.advance(500);
	expect(liam.board.state().pages).toMatchObject([{ id: 'first', title: '' }]);
	expect(liam.board.current('first')).toMatchObject({ deleted: false });
});

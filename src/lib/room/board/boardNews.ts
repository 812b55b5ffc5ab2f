import type { Clock, Stop } from '../ports.ts';
import type { Board } from './boardState.ts';
import { describePage } from './objectWords.ts';
import { FIRST_PAGE, type PageView } from './pages.ts';
import { counted, word } from '../../shared/counted.ts';
import { isolated } from '../../shared/isolated.ts';
import { LANGUAGE, LOCALE } from '../../shared/language.ts';

/** Others are not spoken of more often, ms; each time twice as seldom while they go on, down to once in `SELDOM`. */
const SPEAK_EVERY = 5_000;
const SELDOM = 40_000;
/** What belongs together has come by then, ms. */
const GATHER_FOR = 1_200;
/** More people at once are a crowd. */
const MOST_PEOPLE = 3;

/** What happened to one thing since it was spoken of last. */
export interface Happening {
	what: 'added' | 'changed' | 'deleted';
	isPage: boolean;
	/** Page it is on; its own id for a page. */
	pageId: string;
	/** What it is, as “Rectangle “Sum””; null when it is gone. */
	title: string | null;
}

/** Says in few words what the others do on the board, now and then, from now on. */
export function tellNews(deps: {
	board: Pick<Board, 'state' | 'elementsOn' | 'current' | 'changedBy' | 'onElements'>;
	clock: Clock;
	myUserId: string;
	nameOf: (userId: string) => string;
	say: (text: string) => void;
}): Stop {
	const { board, clock, myUserId, nameOf, say } = deps;
	/** Everything that was there when it was spoken of last, and the page it was on. */
	const known = new Map<string, string>();
	let pending = new Set<string>();
	let lastAt = -Infinity;
	/** When there was news last. */
	let newsAt = -Infinity;
	let pause = SPEAK_EVERY;
	let stopWaiting: Stop | null = null;

	function learn(id: string): void {
		const now = board.current(id);
		if (!now || now.deleted) known.delete(id);
		else known.set(id, now.pageId ?? id);
	}

	function happening(id: string): Happening | null {
		const before = known.get(id);
		const now = board.current(id);
		if (!now || (now.deleted && before === undefined)) return null;
		// The first page of an empty board comes along with what is drawn on it.
		if (id === FIRST_PAGE.id && before === undefined) return null;
		const what = now.deleted ? 'deleted' : before === undefined ? 'added' : 'changed';
		const pageId = now.pageId ?? id;
		return { what, isPage: now.kind === 'page', pageId, title: null };
	}

	function speak(): void {
		stopWaiting = null;
		lastAt = clock.now();
		pause = Math.min(2 * pause, SELDOM);
		const byPerson = new Map<string, [string, Happening][]>();
		for (const id of pending) {
			const by = board.changedBy(id);
			const one = happening(id);
			if (by && by !== myUserId && one) byPerson.set(by, [...(byPerson.get(by) ?? []), [id, one]]);
		}
		const { pages } = board.state();
		const sentences = [...byPerson].map(([userId, all]) =>
			newsWords(isolated(nameOf(userId)), all.map(named), pages)
		);
		pending.forEach(learn);
		pending = new Set();
		if (sentences.length > MOST_PEOPLE)
			say(
				counted(sentences.length, { one: 'Somebody changed the board', other: '# people changed the board' })
			);
		else if (sentences.length > 0) say(sentences.join('. '));
	}

	/** A single thing is called by what it is. */
	function named([id, one]: [string, Happening], _at: number, all: unknown[]): Happening {
		if (all.length > 1 || one.isPage || one.what === 'deleted') return one;
		const objects = describePage(board.elementsOn(one.pageId), () => '');
		const object = objects.find((each) => each.id === id || each.textId === id);
		return { ...one, title: object?.title ?? null };
	}

	function hear(ids: ReadonlySet<string>): void {
		const isNews = (id: string) => {
			const by = board.changedBy(id);
			return by !== null && by !== myUserId;
		};
		// What was there before is no news, and neither is what one does oneself.
		if (!board.state().loaded) return ids.forEach(learn);
		for (const id of ids) {
			if (isNews(id)) pending.add(id);
			else if (!pending.has(id)) learn(id);
		}
		if (pending.size === 0) return;
		if (stopWaiting === null && clock.now() - newsAt >= SPEAK_EVERY) pause = SPEAK_EVERY;
		newsAt = clock.now();
		stopWaiting ??= clock.after(Math.max(GATHER_FOR, lastAt + pause - clock.now()), speak);
	}

	for (const { id } of board.state().pages) {
		learn(id);
		board.elementsOn(id).forEach((element) => learn(element.id));
	}
	const stopHearing = board.onElements(hear);
	return () => {
		stopHearing();
		stopWaiting?.();
	};
}

const list = new Intl.ListFormat(LOCALE);
const DONE = {
	added: (what: string) => `added ${what}`,
	changed: (what: string) => `changed ${what}`,
	deleted: (what: string) => `deleted ${what}`
};
const COUNTED = {
	object: {
		added: (count: number) => counted(count, { one: 'added an object', other: 'added # objects' }),
		changed: (count: number) => counted(count, { one: 'changed an object', other: 'changed # objects' }),
		deleted: (count: number) => counted(count, { one: 'deleted an object', other: 'deleted # objects' })
	},
	page: {
		added: (count: number) => counted(count, { one: 'added a page', other: 'added # pages' }),
		changed: (count: number) => counted(count, { one: 'changed a page', other: 'changed # pages' }),
		deleted: (count: number) => counted(count, { one: 'deleted a page', other: 'deleted # pages' })
	}
};

/** One sentence, without a full stop, about one person. */
export function newsWords(name: string, all: readonly Happening[], pages: readonly PageView[]): string {
	const objects = all.filter(({ isPage }) => !isPage);
	const parts = [
		...phrases(objects, 'object'),
		...phrases(
			all.filter(({ isPage }) => isPage),
			'page'
		)
	];
	return word(`${name} ${list.format(parts)}${placeWords(objects, pages)}`);
}

function phrases(all: readonly Happening[], noun: 'object' | 'page'): string[] {
	const [only] = all;
	if (all.length === 1 && only?.title) return [DONE[only.what](lowered(only.title))];
	const counts = (['added', 'changed', 'deleted'] as const).flatMap((what) => {
		const count = all.filter((one) => one.what === what).length;
		return count === 0 ? [] : { what, count };
	});
	// The noun once: “added 3 objects and deleted 1”.
	return counts.map(({ what, count }, at) => {
		return at > 0 ? DONE[what](String(count)) : COUNTED[noun][what](count);
	});
}

function placeWords(objects: readonly Happening[], pages: readonly PageView[]): string {
	const places = new Set(objects.map(({ pageId }) => pageId));
	if (places.size === 0 || pages.length < 2) return '';
	if (places.size > 1) return counted(places.size, { one: ' on 1 page', other: ' on # pages' });
	const at = pages.findIndex(({ id }) => places.has(id));
	return at < 0 ? '' : ` on page ${at + 1}`;
}

/** “Rectangle “Sum”” within a sentence. */
function lowered(title: string): string {
	if (LANGUAGE !== 'en') return title;
	const article = /^[aeiou]/i.test(title) ? 'an' : 'a';
	return `${article} ${title[0]!.toLowerCase()}${title.slice(1)}`;
}

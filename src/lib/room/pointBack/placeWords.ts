import type { Clock, Stop } from '../ports.ts';
import { onPicture, type Point } from './fittedPicture.ts';
import { word } from '../../shared/counted.ts';

const PLACES = [
	[word('top left'), word('top'), word('top right')],
	[word('middle left'), word('middle'), word('middle right')],
	[word('bottom left'), word('bottom'), word('bottom right')]
];

/** Where on a picture a point is: one of nine places, such as “top left”. */
export function placeWords(point: Point): string {
	const { x, y } = onPicture(point);
	const nth = (share: number) => Math.max(0, Math.min(2, Math.floor(share * 3)));
	return PLACES[nth(y)]![nth(x)]!;
}

/** A pointer that rests this long is worth a word, ms. */
const RESTS = 700;
/** Of one person at most one sentence in this time, ms. */
const QUIET = 4_000;
/** After this long the same place may be told again, ms. */
const FORGOTTEN = 15_000;

/** Says who points where, when a pointer has come to rest in another place; never more. */
export interface PointTeller {
	/** `who` tells the people apart; `sentence` makes the words of a place. */
	pointed(who: string, point: Point, sentence: (place: string) => string): void;
	/** Not any more: what was about to be said is not. */
	gone(who: string): void;
	stop(): void;
}

export function createPointTeller(deps: { clock: Clock; say: (text: string) => void }): PointTeller {
	const { clock, say } = deps;
	const known = new Map<string, { place: string; told: string; toldAt: number; waiting: Stop | null }>();

	return {
		pointed(who, point, sentence) {
			const place = placeWords(point);
			const one = known.get(who) ?? { place: '', told: '', toldAt: -Infinity, waiting: null };
			known.set(who, one);
			if (one.place === place) return;
			one.place = place;
			one.waiting?.();
			one.waiting = clock.after(Math.max(RESTS, one.toldAt + QUIET - clock.now()), () => {
				one.waiting = null;
				if (one.told === place && clock.now() - one.toldAt < FORGOTTEN) return;
				one.told = place;
				one.toldAt = clock.now();
				say(sentence(place));
			});
		},
		gone(who) {
			const one = known.get(who);
			if (!one) return;
			one.waiting?.();
			one.waiting = null;
			one.place = '';
		},
		stop() {
			for (const { waiting } of known.values()) waiting?.();
		}
	};
}

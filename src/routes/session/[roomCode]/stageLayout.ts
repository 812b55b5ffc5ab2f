import { word } from '../../../lib/shared/counted.ts';
import type { PersonView } from '../../../lib/room/roomView.ts';

/**
 * Where a picture stands on the stage.
 * `main`: fills it, or shares it stacked where the stage is upright; `self`: floats over it (1:1, or alone);
 * `cell`: one of several equal ones; `thumb`: beside what has the large place.
 */
export type Place = 'main' | 'self' | 'cell' | 'thumb';

/**
 * How somebody wants to have the stage where nothing else decides: as it fits, all alike, or one large and the others beside,
 * always the same one or whoever speaks.
 */
export const ARRANGEMENTS = ['automatic', 'sideBySide', 'spotlight', 'speaker'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** What the one who looks has chosen, and what they have done. */
export interface StageWishes {
	boardOpen?: boolean;
	pointsAtOwnScreen?: boolean;
	/** The user id of whom they want to see large; of somebody who is not here it means nothing. */
	pinned?: string | null;
	arrangement?: Arrangement;
	selfHidden?: boolean;
	/** Who has the floor, by the user id: see `nextFloor`. */
	speaker?: string | null;
	/** Whose screen has been the large one until now. */
	shower?: string | null;
}

export interface StagePlan {
	/** `duo` is also used while one is alone: the empty main place shows who is awaited. */
	layout: 'duo' | 'grid' | 'focus';
	/** Null: one does not want to see oneself. */
	selfPlace: Place | null;
	/** Others in order of arrival, so that nobody's picture jumps when somebody comes. */
	others: { person: PersonView; place: Place }[];
	/** Where it is said who is awaited; null while somebody else is here. */
	waitingPlace: Place | null;
	/** Places that are taken, the whiteboard's included. */
	taken: number;
	/** Whose screen is the large one among all that are shared. */
	shower: string | null;
}

/**
 * One place for each person. A shared screen of somebody else gets the room it needs and nothing floats over
 * what is to be read; one's own does not, because one sees it anyway. With several screens the one that came first stays the
 * large one; who comes later gets the earliest arrival's. Somebody who is pinned takes the large place from a screen. An open
 * whiteboard takes it from whatever was there, and so does one's own screen while one points at it. Whether somebody's call is
 * up decides nothing, so that nothing moves while it is set up or mended.
 */
export function planStage(people: readonly PersonView[], wishes: StageWishes = {}): StagePlan {
	const { boardOpen = false, arrangement = 'automatic' } = wishes;
	const others = people.filter((person) => !person.isMe).sort((a, b) => a.arrival - b.arrival);
	const sharing = people.some((person) => person.isMe && person.media.screen);
	// One's own screen is shown all the same: there is the way to point at it.
	const hidden = Boolean(wishes.selfHidden) && !sharing;
	const showers = others.filter((person) => person.media.screen);
	const shower = showers.find(({ userId }) => userId === wishes.shower) ?? showers[0] ?? null;
	const taken = Math.max(1, others.length) + (hidden ? 0 : 1) + (boardOpen ? 1 : 0);

	function plan(
		layout: StagePlan['layout'],
		selfPlace: Place,
		placeOf: (person: PersonView | null) => Place
	): StagePlan {
		return {
			// With nothing beside it the large one has all of the stage.
			layout: taken === 1 ? 'duo' : layout,
			selfPlace: hidden ? null : selfPlace,
			others: others.map((person) => ({ person, place: taken === 1 ? 'main' : placeOf(person) })),
			waitingPlace: others.length > 0 ? null : taken === 1 ? 'main' : placeOf(null),
			taken,
			shower: shower?.userId ?? null
		};
	}

	if (boardOpen) return plan('focus', 'thumb', () => 'thumb');
	if (wishes.pointsAtOwnScreen && sharing && others.length > 0) return plan('focus', 'main', () => 'thumb');

	const pinned = others.find(({ userId }) => userId === wishes.pinned) ?? null;
	const one = arrangement === 'spotlight' || arrangement === 'speaker';
	const speaker = others.find(({ userId }) => arrangement === 'speaker' && userId === wishes.speaker);
	const large = pinned ?? shower ?? (one ? (speaker ?? spotlit(others)) : null);
	const two = others.length <= 1;
	// Of two people the other one is large either way.
	if ((arrangement === 'automatic' || arrangement === 'speaker') && two && !large?.media.screen)
		return plan('duo', 'self', () => 'main');
	if (large || (arrangement === 'spotlight' && two))
		return plan('focus', 'thumb', (person) => (person === large ? 'main' : 'thumb'));
	return plan('grid', 'cell', () => 'cell');
}

/** Whom a lesson is about where nobody was chosen: the mentor, to the mentor whoever came first. */
function spotlit(others: readonly PersonView[]): PersonView | null {
	return others.find(({ role }) => role === 'mentor') ?? others[0] ?? null;
}

/** Where the self-view floats. */
export const CORNERS = ['bottomRight', 'bottomLeft', 'topLeft', 'topRight'] as const;
export type Corner = (typeof CORNERS)[number];

export const CORNER_NAMES: Record<Corner, string> = {
	bottomRight: word('bottom right'),
	bottomLeft: word('bottom left'),
	topLeft: word('top left'),
	topRight: word('top right')
};

/** The next one clockwise. */
export function nextCorner(corner: Corner): Corner {
	return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length]!;
}

const TOWARDS: Record<string, Record<Corner, Corner>> = {
	ArrowUp: { bottomRight: 'topRight', bottomLeft: 'topLeft', topLeft: 'topLeft', topRight: 'topRight' },
	ArrowDown: {
		...{ bottomRight: 'bottomRight', bottomLeft: 'bottomLeft' },
		...{ topLeft: 'bottomLeft', topRight: 'bottomRight' }
	},
	ArrowLeft: { bottomRight: 'bottomLeft', bottomLeft: 'bottomLeft', topLeft: 'topLeft', topRight: 'topLeft' },
	ArrowRight: {
		...{ bottomRight: 'bottomRight', bottomLeft: 'bottomRight' },
		...{ topLeft: 'topRight', topRight: 'topRight' }
	}
};

/** Towards an arrow; null where another key was pressed. Where there is nothing further it stays. */
export function cornerTowards(corner: Corner, key: string): Corner | null {
	return TOWARDS[key]?.[corner] ?? null;
}

/** The corner next to a place within the stage, both measured from 0 to 1. */
export function nearestCorner(x: number, y: number): Corner {
	if (y < 0.5) return x < 0.5 ? 'topLeft' : 'topRight';
	return x < 0.5 ? 'bottomLeft' : 'bottomRight';
}

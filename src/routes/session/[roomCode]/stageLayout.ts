import type { PersonView } from '../../../lib/room/roomView.ts';

/**
 * Where a picture stands on the stage.
 * `main`: fills it, or shares it stacked where the stage is upright; `self`: floats over it (1:1, or alone);
 * `cell`: one of three or four equal ones; `thumb`: beside a shared screen, which is then `main`, or beside the whiteboard.
 */
export type Place = 'main' | 'self' | 'cell' | 'thumb';

export interface StagePlan {
	/** `duo` is also used while one is alone: the empty main place shows who is awaited. */
	layout: 'duo' | 'grid' | 'focus';
	selfPlace: Place;
	/** Others in order of arrival, so that nobody's picture jumps when somebody comes. */
	others: { person: PersonView; place: Place }[];
}

/**
 * One place for each person. A shared screen of somebody else gets the room it needs and nothing floats over
 * what is to be read; one's own does not, because one sees it anyway. With several screens the earliest arrival's is the large one, so that
 * everybody looks at the same. An open whiteboard takes the large place from whatever was there, and so does one's own
 * screen while one points at it.
 */
export function planStage(
	people: readonly PersonView[],
	boardOpen = false,
	pointsAtOwnScreen = false
): StagePlan {
	const others = people.filter((person) => !person.isMe).sort((a, b) => a.arrival - b.arrival);
	if (boardOpen || (pointsAtOwnScreen && others.length > 0)) {
		return {
			layout: 'focus',
			selfPlace: boardOpen ? 'thumb' : 'main',
			others: others.map((person) => ({ person, place: 'thumb' }))
		};
	}
	const shower = others.find((person) => person.media.screen && person.call === 'connected');
	if (!shower && others.length <= 1) {
		return { layout: 'duo', selfPlace: 'self', others: others.map((person) => ({ person, place: 'main' })) };
	}
	if (!shower) {
		return { layout: 'grid', selfPlace: 'cell', others: others.map((person) => ({ person, place: 'cell' })) };
	}
	return {
		layout: 'focus',
		selfPlace: 'thumb',
		others: others.map((person) => ({ person, place: person === shower ? 'main' : 'thumb' }))
	};
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_MEDIA } from '../../../lib/shared/live.ts';
import type { PersonView } from '../../../lib/room/roomView.ts';
import {
	ARRANGEMENTS,
	CORNERS,
	cornerTowards,
	nearestCorner,
	nextCorner,
	planStage,
	type StagePlan,
	type StageWishes
} from './stageLayout.ts';

function person(userId: string, arrival: number, changes: Partial<PersonView> = {}): PersonView {
	return {
		userId,
		name: userId,
		role: 'learner',
		seatId: userId,
		arrival,
		state: 'here',
		peerId: null,
		media: NO_MEDIA,
		handRaised: false,
		...{ line: null, deviceTrouble: null, quality: null, videoPaused: false, speaking: false },
		...{ handRaisedAt: null, captions: null },
		isMe: userId === 'me',
		...{ call: 'connected', path: 'ready', relayed: false },
		stream: null,
		trouble: null,
		silent: false,
		frozen: false,
		unheard: false,
		...changes
	};
}
const sharing = { media: { ...NO_MEDIA, screen: true } };

/** `layout: self, other=place …` */
function inWords({ layout, selfPlace, others, waitingPlace }: StagePlan): string {
	const places = others.map((each) => `${each.person.userId}=${each.place}`);
	if (waitingPlace) places.push(`awaited=${waitingPlace}`);
	return [`${layout}: ${selfPlace ?? 'hidden'}`, ...places].join(' ');
}
const plan = (people: PersonView[], wishes: StageWishes = {}) => inWords(planStage(people, wishes));

const me = person('me', 1);
const [liam, ana] = [person('liam', 2), person('ana', 3)];

test('[C2] one other person fills the stage and the self-view floats', () => {
	expect(plan([me, liam])).toBe('duo: self liam=main');
	expect(plan([person('me', 1, sharing), liam])).toBe('duo: self liam=main');
	expect(plan([me])).toBe('duo: self awaited=main');
	expect(plan([])).toBe('duo: self awaited=main');
});

test('[C2] more people share a grid, in order of arrival', () => {
	const aisha = person('aisha', 3, { call: 'connecting' });
	expect(plan([aisha, me, liam])).toBe('grid: cell liam=cell aisha=cell');
});

test('[C2] a shared screen gets the stage, the first sharer’s if there are two, never one’s own', () => {
	const shares = (userId: string, arrival: number) => person(userId, arrival, sharing);
	const all = [shares('me', 1), shares('aisha', 3), shares('liam', 2)];
	expect(plan(all)).toBe('focus: thumb liam=main aisha=thumb');
	// Hers was there before he began.
	expect(plan(all, { shower: 'aisha' })).toBe('focus: thumb liam=thumb aisha=main');
	expect(planStage(all, { shower: 'aisha' }).shower).toBe('aisha');
	expect(plan([me, liam, shares('aisha', 3)], { shower: 'liam' })).toBe('focus: thumb liam=thumb aisha=main');
	expect(plan([shares('me', 1), liam, ana])).toBe('grid: cell liam=cell ana=cell');
	expect(plan([me, shares('liam', 2)])).toBe('focus: thumb liam=main');
});

test('[C2] who is pinned is large, also before a shared screen, and in order', () => {
	expect(plan([me, liam, ana], { pinned: 'ana' })).toBe('focus: thumb liam=thumb ana=main');
	expect(plan([me, person('liam', 2, sharing), ana], { pinned: 'ana' })).toBe(
		'focus: thumb liam=thumb ana=main'
	);
	expect(plan([me, liam, ana], { pinned: 'somebody who left' })).toBe('grid: cell liam=cell ana=cell');
	expect(plan([me, liam], { pinned: 'liam' })).toBe('duo: self liam=main');
});

test('[C2] two can be side by side, and one can be large with the others beside', () => {
	expect(plan([me, liam], { arrangement: 'sideBySide' })).toBe('grid: cell liam=cell');
	expect(plan([me], { arrangement: 'sideBySide' })).toBe('grid: cell awaited=cell');
	expect(plan([me, liam], { arrangement: 'sideBySide', pinned: 'liam' })).toBe('focus: thumb liam=main');
	expect(plan([me, person('liam', 2, sharing)], { arrangement: 'sideBySide' })).toBe(
		'focus: thumb liam=main'
	);
	const mentor = person('maya', 3, { role: 'mentor' });
	expect(plan([me, liam, mentor], { arrangement: 'spotlight' })).toBe('focus: thumb liam=thumb maya=main');
	expect(plan([me, liam, ana], { arrangement: 'spotlight' })).toBe('focus: thumb liam=main ana=thumb');
	expect(plan([me], { arrangement: 'spotlight' })).toBe('focus: thumb awaited=main');
});

test('[C7] whoever has the floor is large, unless somebody is pinned or shares; of two people the other one always is', () => {
	const mentor = person('maya', 4, { role: 'mentor' });
	const wishes = { arrangement: 'speaker', speaker: 'ana' } as const;
	expect(plan([me, liam, ana, mentor], wishes)).toBe('focus: thumb liam=thumb ana=main maya=thumb');
	expect(plan([me, liam, ana, mentor], { ...wishes, pinned: 'liam' })).toBe(
		'focus: thumb liam=main ana=thumb maya=thumb'
	);
	expect(plan([me, person('liam', 2, sharing), ana], wishes)).toBe('focus: thumb liam=main ana=thumb');
	// Before the first word, and when they have left.
	expect(plan([me, liam, mentor], wishes)).toBe('focus: thumb liam=thumb maya=main');
	expect(plan([me, ana], wishes)).toBe('duo: self ana=main');
	expect(plan([me], wishes)).toBe('duo: self awaited=main');
	expect(plan([me, liam, ana], { arrangement: 'automatic', speaker: 'ana' })).toBe(
		'grid: cell liam=cell ana=cell'
	);
});

test('[C2] who does not want to see themselves takes no place, but their shared screen does', () => {
	const selfHidden = true;
	expect(plan([me, liam], { selfHidden })).toBe('duo: hidden liam=main');
	expect(plan([me, person('liam', 2, sharing)], { selfHidden })).toBe('duo: hidden liam=main');
	expect(plan([me, liam], { selfHidden, arrangement: 'sideBySide' })).toBe('duo: hidden liam=main');
	expect(plan([me], { selfHidden, arrangement: 'sideBySide' })).toBe('duo: hidden awaited=main');
	expect(plan([me, liam, ana], { selfHidden })).toBe('grid: hidden liam=cell ana=cell');
	expect(plan([person('me', 1, sharing), liam], { selfHidden })).toBe('duo: self liam=main');
});

test('[X2] one’s own screen gets the large place while one points at it, unless the whiteboard has it', () => {
	const people = [person('me', 1, sharing), liam, ana];
	expect(plan(people, { pointsAtOwnScreen: true })).toBe('focus: main liam=thumb ana=thumb');
	expect(plan(people, { pointsAtOwnScreen: true, pinned: 'ana' })).toBe('focus: main liam=thumb ana=thumb');
	expect(plan(people, { pointsAtOwnScreen: true, boardOpen: true })).toBe(
		'focus: thumb liam=thumb ana=thumb'
	);
	expect(plan([person('me', 1, sharing)], { pointsAtOwnScreen: true })).toBe('duo: self awaited=main');
});

test('[X2] an open whiteboard has the large place, and everybody stays in sight beside it', () => {
	const people = [me, person('maya', 3, sharing), liam];
	expect(plan(people, { boardOpen: true, pinned: 'liam' })).toBe('focus: thumb liam=thumb maya=thumb');
	expect(plan([me], { boardOpen: true })).toBe('focus: thumb awaited=thumb');
});

const someone = fc.record({ screen: fc.boolean(), connected: fc.boolean(), mentor: fc.boolean() });
const scenes = fc.record({
	mine: someone,
	others: fc.array(someone, { maxLength: 5 }),
	wishes: fc.record({
		boardOpen: fc.boolean(),
		pointsAtOwnScreen: fc.boolean(),
		pinned: fc.constantFrom(null, 'u0', 'u1'),
		arrangement: fc.constantFrom(...ARRANGEMENTS),
		selfHidden: fc.boolean(),
		speaker: fc.constantFrom(null, 'u0', 'u1'),
		shower: fc.constantFrom(null, 'u0', 'u2')
	})
});

function peopleOf({
	mine,
	others
}: Pick<typeof scenes extends fc.Arbitrary<infer T> ? T : never, 'mine' | 'others'>) {
	const made = (userId: string, arrival: number, { screen, connected, mentor }: typeof mine) =>
		person(userId, arrival, {
			media: { ...NO_MEDIA, screen },
			call: connected ? 'connected' : 'connecting',
			role: mentor ? 'mentor' : 'learner'
		});
	return [made('me', 0, mine), ...others.map((one, nth) => made(`u${nth}`, nth + 1, one))];
}

test('[C2] everybody has exactly one place, at most one is large, and all are counted', () => {
	fc.assert(
		fc.property(scenes, (scene) => {
			const { layout, selfPlace, others, waitingPlace, taken } = planStage(peopleOf(scene), scene.wishes);
			expect(others.map(({ person: { userId } }) => userId)).toEqual(scene.others.map((_, nth) => `u${nth}`));
			expect(waitingPlace === null).toBe(others.length > 0);
			const places = [...others.map(({ place }) => place), selfPlace, waitingPlace].filter(Boolean);
			if (scene.wishes.boardOpen) places.push('main');
			expect(places).toHaveLength(taken);
			const large = places.filter((place) => place === 'main').length;
			expect(large).toBe(layout === 'grid' ? 0 : 1);
			if (layout === 'grid') expect(new Set(places)).toEqual(new Set(['cell']));
			if (layout === 'focus') expect(taken).toBeGreaterThan(1);
			expect(selfPlace === null).toBe(scene.wishes.selfHidden && !scene.mine.screen);
		})
	);
});

test('[C2] whoever comes takes the last place: nobody before them changes order, and the large one stays', () => {
	fc.assert(
		fc.property(scenes, someone, (scene, newcomer) => {
			const here = scene.others.some((_, nth) => `u${nth}` === scene.wishes.pinned);
			const wishes = { ...scene.wishes, pinned: here ? scene.wishes.pinned : null };
			const before = planStage(peopleOf(scene), wishes);
			const more = { ...scene, others: [...scene.others, newcomer] };
			const after = planStage(peopleOf(more), { ...wishes, shower: before.shower });
			const order = (plan: StagePlan) => plan.others.map(({ person: { userId } }) => userId);
			expect(order(after).slice(0, -1)).toEqual(order(before));
			const large = before.others.find(({ place }) => place === 'main')?.person;
			const chosen = large && (large.media.screen || large.userId === wishes.pinned);
			if (chosen && before.layout === 'focus')
				expect(after.others.find(({ place }) => place === 'main')?.person.userId).toBe(large.userId);
		})
	);
});

test('[C4] nothing moves while a call is set up, lost or mended', () => {
	fc.assert(
		fc.property(scenes, (scene) => {
			const connected = (yes: boolean) => ({
				...scene,
				others: scene.others.map((one) => ({ ...one, connected: yes }))
			});
			const [up, down] = [true, false].map((yes) =>
				inWords(planStage(peopleOf(connected(yes)), scene.wishes))
			);
			expect(down).toBe(up);
		})
	);
});

test('[C2] the self-view reaches every corner by arrows, by pressing and by letting go near it', () => {
	const round = CORNERS.map((_, nth) => CORNERS.slice(0, nth).reduce(nextCorner, CORNERS[0]));
	expect(new Set(round)).toEqual(new Set(CORNERS));
	expect(cornerTowards('bottomRight', 'ArrowUp')).toBe('topRight');
	expect(cornerTowards('topRight', 'ArrowLeft')).toBe('topLeft');
	expect(cornerTowards('topLeft', 'ArrowLeft')).toBe('topLeft');
	expect(cornerTowards('topLeft', 'Enter')).toBeNull();
	expect([nearestCorner(0.1, 0.9), nearestCorner(0.8, 0.2)]).toEqual(['bottomLeft', 'topRight']);
});

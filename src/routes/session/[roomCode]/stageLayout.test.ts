import { expect, test } from 'vitest';
import { NO_MEDIA } from '../../../lib/shared/live.ts';
import type { PersonView } from '../../../lib/room/roomView.ts';
import { planStage } from './stageLayout.ts';

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
		...{
			handRaisedAt: null,
			captions: null,
			line: null,
			deviceTrouble: null,
			quality: null,
			videoPaused: false
		},
		isMe: userId === 'me',
		call: 'connected',
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
function plan(...people: PersonView[]): string {
	const { layout, selfPlace, others } = planStage(people);
	return [`${layout}: ${selfPlace}`, ...others.map((each) => `${each.person.userId}=${each.place}`)].join(
		' '
	);
}

test('[X2] one’s own screen gets the large place while one points at it, unless the whiteboard has it', () => {
	const people = [person('me', 1, sharing), person('liam', 2), person('ana', 3)];
	expect(planStage(people, false, true)).toMatchObject({ layout: 'focus', selfPlace: 'main' });
	expect(planStage(people, false, true).others.map(({ place }) => place)).toEqual(['thumb', 'thumb']);
	expect(planStage(people, true, true).selfPlace).toBe('thumb');
	expect(planStage([person('me', 1, sharing)], false, true)).toMatchObject({
		layout: 'duo',
		selfPlace: 'self'
	});
});

test('[C2] one other person fills the stage and the self-view floats', () => {
	expect(plan(person('me', 1), person('liam', 2))).toBe('duo: self liam=main');
	expect(plan(person('me', 1, sharing), person('liam', 2))).toBe('duo: self liam=main');
	expect(plan(person('me', 1))).toBe('duo: self');
	expect(plan()).toBe('duo: self');
});

test('[C2] three and four people share a grid, in order of arrival', () => {
	const aisha = person('aisha', 3, { call: 'connecting' });
	expect(plan(aisha, person('me', 1), person('liam', 2))).toBe('grid: cell liam=cell aisha=cell');
});

test('[C2] a shared screen gets the stage, the first sharer’s if there are two, never one’s own', () => {
	expect(plan(person('me', 1, sharing), person('aisha', 3, sharing), person('liam', 2, sharing))).toBe(
		'focus: thumb liam=main aisha=thumb'
	);
	expect(plan(person('me', 1, sharing), person('a', 2), person('b', 3))).toBe('grid: cell a=cell b=cell');
	expect(plan(person('me', 1), person('liam', 2, sharing))).toBe('focus: thumb liam=main');
});

test('[X2] an open whiteboard has the large place, and everybody stays in sight beside it', () => {
	const people = [person('me', 1, { isMe: true }), person('maya', 2, sharing), person('liam', 3)];
	const { layout, selfPlace, others } = planStage(people, true);
	expect([layout, selfPlace, ...others.map(({ place }) => place)]).toEqual([
		...['focus', 'thumb', 'thumb', 'thumb']
	]);
});

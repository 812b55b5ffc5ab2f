import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWithin, type AppWithin, type PlanningDesk } from '../support/appWithin.ts';
import { bodies, FORM_ROWS } from '../support/formBodies.ts';
import { hostileText } from '../support/hostileFrames.ts';
import { eventOf, shows, statusOf, takers } from '../support/routeEvents.ts';
import { ATTACKS, rounds } from '../support/rounds.ts';
import { unsoundRows } from '../support/soundStore.ts';

const RUNS = rounds(60, 1_000);
/** Look at passwords or let nobody see how long they take: fewer in every test run. */
const SLOW = ['/forgot ?default', '/login ?default', '/signup ?default'];
/** Between two requests, ms. */
const PACE = 25;
/** What stands behind the question mark in addresses of ours. */
const ASKED =
	'after all as at before by email learner list mentor minutes next page planned renewed show view week year'.split(
		' '
	);

async function plan(desk: PlanningDesk) {
	const mentor = await desk.person('mentor', 'Grace Hopper');
	const learner = await desk.person('learner', 'Alan Turing');
	const [live, over] = [
		await desk.lesson('live', mentor, [learner]),
		await desk.lesson('live', mentor, [learner])
	];
	const planned = [];
	for (let i = 0; i < 3; i += 1) planned.push(await desk.lesson('scheduled', mentor, [learner]));
	return { mentor, learner, live, over, planned };
}
let within: AppWithin<Awaited<ReturnType<typeof plan>>>;

beforeAll(async () => {
	within = await startWithin(plan);
	const { app, planned } = within;
	const { session } = await app.sessions.membership(planned.over, planned.mentor.user);
	await app.sessions.end(session, 'mentor');
});
afterAll(() => within.close());

/** Parts of the path, as they exist or not. */
function paramsOf() {
	const { live, over, planned, mentor } = within.planned;
	const room = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(live, over, ...planned) }, hostileText);
	const id = fc.oneof(hostileText, fc.constant('one'));
	return fc.record({
		...{
			roomCode: room,
			id,
			mailId: id,
			slug: hostileText,
			token: hostileText,
			address: hostileText,
			version: id
		},
		userId: fc.oneof(fc.constant(mentor.user.id), hostileText)
	});
}
const whoever = () => {
	const { mentor, learner } = within.planned;
	return fc.constantFrom(mentor, learner, mentor, null);
};

describe('[B3] every form action and everything else that takes a body', () => {
	test('has its row, and every row its action', () => {
		expect(Object.keys(takers).sort()).toEqual(Object.keys(FORM_ROWS).sort());
	});

	test.each(Object.entries(FORM_ROWS))('%s: done or refused, never an error of ours', async (name, sent) => {
		const known = {
			learnerEmails: [[within.planned.learner.user.email]],
			...{
				date: ['2027-03-05', '2027-03-28'],
				time: ['10:00', '02:30'],
				price: ['20', '0.5'],
				minutes: ['60']
			}
		};
		const statuses = new Set<number>();
		await fc.assert(
			fc.asyncProperty(bodies(sent, known), paramsOf(), whoever(), async (body, params, who) => {
				within.skip(PACE);
				const event = eventOf(within.app, name.split(' ')[0]!, { who, params, sent: body });
				statuses.add(await statusOf(name, takers[name]!, event));
			}),
			{ seed: ATTACKS, numRuns: SLOW.includes(name) ? rounds(8, 1_000) : RUNS, endOnFailure: true }
		);
		expect(statuses.size).toBeGreaterThan(0);
	});

	test('nothing is stored that should not be', async () => {
		expect(await unsoundRows(within.app.store)).toEqual([]);
		expect(Object.keys(Object.prototype)).toEqual([]);
		const { app, planned } = within;
		for (const { user } of [planned.mentor, planned.learner])
			for (const roomCode of [planned.live, planned.over, ...planned.planned]) {
				await app.planning.details(user, roomCode);
				await app.recap.read(roomCode, user);
			}
	});
});

describe('[B3] every page and file, whatever its address says', () => {
	test.each(Object.entries(shows))('%s: shown or refused, never an error of ours', async (name, show) => {
		const asked = fc.oneof(
			hostileText,
			fc.nat().map(String),
			fc.constantFrom('8640000000000001', '2026-02-30', '0')
		);
		const search = fc.dictionary(fc.constantFrom(...ASKED), asked, { maxKeys: 3 });
		const statuses = new Set<number>();
		await fc.assert(
			fc.asyncProperty(search, paramsOf(), whoever(), async (given, params, who) => {
				within.skip(PACE);
				const event = eventOf(within.app, name, {
					who,
					params,
					search: new URLSearchParams(given),
					sent: null
				});
				statuses.add(await statusOf(name, show, event));
			}),
			{ seed: ATTACKS, numRuns: rounds(20, 1_000), endOnFailure: true }
		);
		expect(statuses.size).toBeGreaterThan(0);
	});
});

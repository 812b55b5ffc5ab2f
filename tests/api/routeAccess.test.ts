import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from './access/actions.ts';
import { openAccessWorld, type AccessWorld } from './access/accessWorld.ts';
import { BEFORE_KIT, ENDPOINTS } from './access/endpoints.ts';
import { PAGES } from './access/pages.ts';
import { CALLERS, type Outcome, type Place, type Row } from './access/routeRow.ts';
import { METHODS, readRoutes } from './access/routeTree.ts';
import { request } from '../support/visitor.ts';

const routes = readRoutes();
let access: AccessWorld;
let url: string;
beforeAll(async () => {
	access = await openAccessWorld();
	({ url } = access.world);
});
afterAll(() => access.close());

/** The address that a row is about; `suffix` stands behind its path. */
function addressOf(key: string, row: Row, place: Place, suffix = ''): string {
	const [, path = '', action] = /^\S+ ([^?]+)(\?\/\w+)?$/.exec(key)!;
	const own = { roomCode: place.lesson.roomCode, ...row.params?.(place) };
	const params: Record<string, string> = { ...place.params, ...own };
	const filled = path.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
		if (!params[name]) throw new Error(`${key}: nothing is known to stand for [${name}].`);
		return encodeURIComponent(params[name]);
	});
	const search = action === '?/default' ? '' : (action ?? row.search?.(place) ?? '');
	return `${filled === '/' && suffix ? '' : filled}${suffix}${search}`;
}

function ask(key: string, row: Row, place: Place): Promise<Response> {
	const form = row.form?.(place) ?? {};
	const method = key.split(' ', 1)[0]!;
	const isAction = key in ACTIONS;
	const body = row.body?.(place) ?? (row.form || isAction ? new URLSearchParams(form) : null);
	const headers = {
		...(isAction && { accept: 'application/json', 'x-sveltekit-action': 'true' }),
		...row.headers
	};
	return request(url, addressOf(key, row, place), place.who, { method, body, headers });
}

const moved = (to: string, { lesson }: Place): Outcome =>
	`303 ${to.replace(/[?#].*$/, '').replace(lesson.roomCode, '<code>')}`;

/** Kit answers actions with what came of them, and 200. */
async function outcomeOf(answer: Response, place: Place, isAction: boolean): Promise<Outcome> {
	const text = await answer.text();
	if (isAction && answer.headers.get('content-type')?.includes('json')) {
		const { type, status, location } = JSON.parse(text) as { type: string; status: number; location: string };
		return type === 'redirect' ? moved(location, place) : (status ?? answer.status);
	}
	return answer.status === 303 ? moved(answer.headers.get('location')!, place) : answer.status;
}

/** The same by the data that a page of ours asks for. */
async function outcomeOfData(answer: Response, place: Place): Promise<Outcome> {
	const data = JSON.parse((await answer.text()).split('\n', 1)[0]!) as {
		type: string;
		location: string;
		nodes?: ({ type: string; status: number } | null)[];
	};
	if (data.type === 'redirect') return moved(data.location, place);
	return data.nodes?.find((node) => node?.type === 'error')?.status ?? 200;
}

async function outcomesOf(of: (place: Place) => Promise<Outcome>, row: Row) {
	const found: [string, Outcome][] = [];
	// One after the other: who may do it does it last.
	for (const caller of CALLERS) found.push([caller, await of(await access.place(row, caller))]);
	return Object.fromEntries(found);
}

test('[S1] every page, form action and endpoint has its row, and every row is about something', () => {
	const rows = [...Object.keys(PAGES), ...Object.keys(ACTIONS), ...Object.keys(ENDPOINTS)];
	const known = [...routes.map(({ key }) => key), ...BEFORE_KIT];
	const advice =
		'Say who may ask and what everybody else is answered: add a row to tests/api/access/pages.ts, actions.ts or endpoints.ts.';
	expect(
		known.filter((key) => !rows.includes(key)),
		advice
	).toEqual([]);
	expect(
		rows.filter((key) => !known.includes(key)),
		'These rows are about nothing any more.'
	).toEqual([]);
});

describe('[S1] pages', () => {
	test.each(Object.entries(PAGES))('%s', async (key, row) => {
		const found = await outcomesOf(async (place) => outcomeOf(await ask(key, row, place), place, false), row);
		expect(found).toEqual(row.expected);
		const data = await outcomesOf(
			async (place) =>
				outcomeOfData(await request(url, addressOf(key, row, place, '/__data.json'), place.who), place),
			row
		);
		expect(data).toEqual(row.expected);
	});
});

describe('[S1] form actions and endpoints', () => {
	test.each(Object.entries({ ...ENDPOINTS, ...ACTIONS }))('%s', async (key, row) => {
		const strangers: { status: number; text: string }[] = [];
		const found = await outcomesOf(async (place) => {
			const answer = await ask(key, row, place);
			if (place.caller === 'stranger')
				strangers.push({ status: answer.status, text: await answer.clone().text() });
			return outcomeOf(answer, place, key in ACTIONS);
		}, row);
		expect(found).toEqual(row.expected);
		if (!key.includes('[roomCode]') || row.hidesRooms === false) return;
		// A room that does not exist is answered as one that is somebody else's, word by word (spec E2, B7).
		const place = await access.place(row, 'mentor');
		const nowhere = { ...place, lesson: { ...place.lesson, roomCode: 'no-such-room-at-all' } };
		const answer = await ask(key, row, nowhere);
		expect({ status: answer.status, text: await answer.text() }).toEqual(strangers[0]);
	});
});

test('[S1] [B7] what a route does not offer is answered with 405, to members too', async () => {
	const paths = new Set(routes.map(({ path }) => path));
	const row: Row = { expected: {} as Row['expected'] };
	const place = await access.place(row, 'mentor');
	const wrong: string[] = [];
	for (const path of paths)
		for (const method of METHODS) {
			if (routes.some((route) => route.path === path && route.method === method)) continue;
			const address = addressOf(`${method} ${path}`, row, place);
			const answer = await request(url, address, place.who, { method });
			if (answer.status !== 405) wrong.push(`${method} ${path}: ${answer.status}`);
			await answer.body?.cancel();
		}
	expect(wrong).toEqual([]);
});

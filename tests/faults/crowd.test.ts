import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { median, p95 } from '../../scripts/bench/statistics.ts';
import { createAccounts } from '../../src/lib/server/accounts/accountsService.ts';
import { createBus } from '../../src/lib/server/bus/bus.ts';
import type { Store } from '../../src/lib/server/db/store.ts';
import { chatView } from '../../src/lib/room/chat.ts';
import { fillLog, planLesson, startCrashing } from '../support/crashingServer.ts';
import { openPage, type NodePage } from '../support/nodePage.ts';
import { measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';

/** Somebody who has a password. Those of the crowd have none: to hash five hundred would take minutes. */
async function signUpOneMore(store: Store): Promise<{ email: string; password: string }> {
	const accounts = createAccounts({
		...{ store, secret: '', now: Date.now, secureCookies: false },
		bus: createBus(() => undefined)
	});
	const login = { email: 'late@people.test', password: 'correct-horse-battery' };
	await accounts.signUp({ ...login, name: 'Late Comer', role: 'learner', timeZone: 'UTC' });
	return login;
}

test('[P8] a late joiner of a room with 10,000 entries has all of them within 2 s, and others hardly notice', async () => {
	const server = await startCrashing((desk) => planLesson(desk, 2));
	onTestFinished(server.close);
	const { roomCode, mentor, learners, everybody } = server.planned;
	const ENTRIES = 10_000;
	await server.atStore((store) => fillLog(store, roomCode, mentor.id, ENTRIES));
	// Somebody of another tab, who asks for the time all along.
	const other = openPage(server.url, learners[0]!, roomCode, { seated: false });
	onTestFinished(() => other.close());
	await until(() => expect(other.entries).toHaveLength(ENTRIES));
	const ready: number[] = [];
	const stalls: number[] = [];
	for (let round = 0; round < rounds(3, 20); round += 1) {
		await server.metrics();
		const at = performance.now();
		const late = openPage(server.url, learners[1]!, roomCode);
		onTestFinished(() => late.close());
		await until(() => {
			expect(late.entries.length).toBeGreaterThanOrEqual(ENTRIES);
			expect(late.people().map(({ userId }) => userId)).toContain(learners[1]!.id);
		});
		// What the page makes of it belongs to it.
		const shown = chatView(late.chat(), [], { ...learners[1]!, userId: learners[1]!.id }, []);
		ready.push(performance.now() - at);
		expect(shown).toHaveLength(ENTRIES);
		stalls.push((await server.metrics()).nodejs_eventloop_lag_max_seconds! * 1_000);
		late.close();
	}
	measured('[P8] late joiner has 10,000 entries and a seat', 'ms', ready, '≤ 2 s');
	measured('[P8] longest stall of the server meanwhile', 'ms', stalls, '≤ 300 ms');
	expect(everybody).toHaveLength(3);
	expect(median(ready)).toBeLessThan(2_000);
});

test('[N8] a crowd of pages comes back at once after a crash: back within 5 s, and one can sign in meanwhile', async () => {
	const PEOPLE = rounds(100, 500);
	const server = await startCrashing(async (desk) => {
		const lessons = [];
		for (let i = 0; i < PEOPLE / 2; i += 1) lessons.push(await planLesson(desk, 1));
		return lessons;
	});
	onTestFinished(server.close);
	const pages: NodePage[] = [];
	onTestFinished(() => pages.forEach((page) => page.close()));
	for (const { roomCode, everybody } of server.planned)
		pages.push(...everybody.map((person) => openPage(server.url, person, roomCode)));
	const seated = (page: NodePage, since: number) => {
		const list = page.live.findLast((message) => message.type === 'presence');
		return (
			page.status().name === 'live' &&
			page.status().since >= since &&
			list?.type === 'presence' &&
			list.serverNow >= since &&
			list.participants.some(({ seatId, state }) => seatId === page.seatId && state === 'here')
		);
	};
	await until(() => expect(pages.filter((page) => seated(page, 0))).toHaveLength(PEOPLE), 60_000);
	const form = new URLSearchParams(await server.atStore(signUpOneMore));

	await server.kill();
	await delay(1_000);
	const opened = await server.start();
	const back: number[] = [];
	const waiting = new Set(pages);
	let signIn: number | null = null;
	const signedIn = fetch(`${server.url}/login`, {
		method: 'POST',
		body: form,
		redirect: 'manual',
		headers: { origin: server.url, accept: 'text/html' }
	}).then(async (answer) => {
		await answer.text();
		signIn = Date.now() - opened;
		return answer.status;
	});
	while (waiting.size > 0 && Date.now() - opened < 60_000) {
		for (const page of waiting) {
			if (!seated(page, opened - 50)) continue;
			waiting.delete(page);
			back.push(Date.now() - opened);
		}
		await delay(10);
	}
	expect(waiting.size).toBe(0);
	// Led on to the start page: signed in.
	expect(await signedIn).toBe(303);
	measured(`[N8] ${PEOPLE} pages back at once: socket, log and seat`, 'ms', back, '≤ 5 s p95');
	measured('[N8] somebody who signs in meanwhile is in', 'ms', signIn!, '≤ 5 s');
	expect(p95(back)).toBeLessThan(5_000);
	expect(signIn).toBeLessThan(5_000);
	// Nobody left and nobody came anew.
	for (const { roomCode } of server.planned.slice(0, 10))
		expect((await server.log(roomCode)).map(({ type }) => type).sort()).toEqual([
			'learner.join',
			'mentor.join'
		]);
	expect(server.output()).toBe('');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { configOf, fillLog, planLesson, startCrashing } from '../support/crashingServer.ts';
import { openPage, type NodePage } from '../support/nodePage.ts';
import { measured, SOAK } from '../support/rounds.ts';
import { until } from '../support/until.ts';

/** Holds the write lock in a process of its own, as a backup tool or a curious person would; resolves when it has it. */
async function lockDatabase(file: string, ms: number): Promise<{ released: Promise<unknown> }> {
	const script = `
		import BetterSqlite from 'better-sqlite3';
		const db = new BetterSqlite(process.argv[1]);
		db.exec('begin immediate');
		process.stdout.write('locked');
		setTimeout(() => db.exec('commit'), Number(process.argv[2]));
	`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, String(ms)], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	const released = once(child, 'exit');
	await once(child.stdout, 'data');
	return { released };
}

/** Asks again and again for as long as it is wanted; the longest answer, ms. */
function watch(ask: () => Promise<unknown>): { stop(): Promise<number> } {
	let wanted = true;
	const longest = (async () => {
		let most = 0;
		while (wanted) {
			const at = performance.now();
			await ask();
			most = Math.max(most, performance.now() - at);
			await delay(20);
		}
		return most;
	})();
	return {
		stop() {
			wanted = false;
			return longest;
		}
	};
}

function talk(page: NodePage, name: string): () => void {
	let n = 0;
	const timer = setInterval(() => page.outbox.say(`${name} ${n++}`, Date.now()), 50);
	return () => clearInterval(timer);
}

test.each(SOAK ? [3_000, 10_000] : [3_000])(
	'[K8] the database is locked by another process for %i ms: writing waits, reading and everything else goes on',
	async (ms) => {
		const server = await startCrashing((desk) => planLesson(desk, 2));
		onTestFinished(server.close);
		const { roomCode, everybody, mentor } = server.planned;
		await server.atStore((store) => fillLog(store, roomCode, mentor.id, 1_000));
		const pages = everybody.map((person) => openPage(server.url, person, roomCode));
		onTestFinished(() => pages.forEach((page) => page.close()));
		const reader = pages[0]!;
		for (const page of pages) await until(() => expect(page.people()).toHaveLength(3));

		/** For `ms`: people talk, somebody reads all that was said in a further tab, and pages are asked for. */
		async function lookAround() {
			await server.metrics();
			const own = monitorEventLoopDelay({ resolution: 10 });
			own.enable();
			const answers = watch(() => reader.link.clock());
			const states = watch(() => reader.link.state());
			const began = Date.now();
			const tab = openPage(server.url, everybody[2]!, roomCode, { seated: false });
			onTestFinished(() => tab.close());
			await until(() => expect(tab.entries.length).toBeGreaterThanOrEqual(1_000));
			const tabMs = Date.now() - began;
			const page = await fetch(`${server.url}/session/${roomCode}`, { headers: { cookie: mentor.cookie } });
			expect(page.status).toBe(200);
			expect(Date.now() - began).toBeLessThan(ms);
			await delay(began + ms - Date.now());
			const [answer, state] = await Promise.all([answers.stop(), states.stop()]);
			const stall = (await server.metrics()).nodejs_eventloop_lag_max_seconds! * 1_000;
			own.disable();
			return { tab, tabMs, answer, state, stall, own: own.max / 1e6 };
		}

		const stopTalking = pages.map((page) => talk(page, page.person.name));
		// The same without a lock tells what this machine does to a server that is left alone.
		const usual = await lookAround();
		const { released } = await lockDatabase(configOf(server.dataDir).database, ms);
		const locked = await lookAround();
		await released;

		stopTalking.forEach((stop) => stop());
		for (const one of pages) await until(() => expect(one.outbox.outbox()).toEqual([]));
		const log = await server.log(roomCode);
		expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
		for (const one of [...pages, usual.tab, locked.tab]) {
			await until(() => expect(one.entries).toEqual(log));
			// Delayed, not failed: each message went out once and nobody was disconnected.
			expect([...one.sent.values()].every((times) => times === 1)).toBe(true);
			expect(one.refused).toEqual([]);
		}
		const label = `[K8] locked for ${ms / 1_000} s:`;
		measured(`${label} longest stall of the event loop`, 'ms', locked.stall, '≤ 300 ms');
		measured(`${label} the same without the lock`, 'ms', usual.stall, '');
		measured(`${label} longest answer to another socket`, 'ms', locked.answer, '≤ 300 ms');
		measured(`${label} the same without the lock`, 'ms', usual.answer, '');
		measured(`${label} 1,000 entries read in a further tab`, 'ms', locked.tabMs, '');
		measured(`${label} the same without the lock`, 'ms', usual.tabMs, '');
		// A busy machine stalls every process, this one too; the lock may not add to it.
		const bound = (before: number) => Math.max(300, 2 * before, 300 + 2 * Math.max(0, locked.own - 50));
		expect(locked.stall).toBeLessThan(bound(usual.stall));
		expect(locked.answer).toBeLessThan(bound(usual.answer));
		expect(locked.state).toBeLessThan(bound(usual.state));
		expect(server.output()).toBe('');
	}
);

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { planLesson, startCrashing, type Visitor } from '../support/crashingServer.ts';
import { openPage } from '../support/nodePage.ts';
import { measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';

async function seatProcess(url: string, person: Visitor, roomCode: string): Promise<ChildProcess> {
	const file = fileURLToPath(new URL('../support/seatProcess.ts', import.meta.url));
	const child = spawn(process.execPath, [file, JSON.stringify({ url, person, roomCode })], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout!, 'data');
	return child;
}

test('[T8] a page that freezes or dies without a word: the others see it away, and left within 15 s', async () => {
	const server = await startCrashing((desk) => planLesson(desk, 2));
	onTestFinished(server.close);
	const { roomCode, mentor, learners } = server.planned;
	const page = openPage(server.url, mentor, roomCode);
	onTestFinished(() => page.close());
	const shownAfter: number[] = [];
	const leftAfter: number[] = [];
	for (let round = 0; round < rounds(1, 5); round += 1) {
		const [frozen, killed] = await Promise.all(
			learners.map((person) => seatProcess(server.url, person, roomCode))
		);
		await until(() => expect(page.people()).toHaveLength(3));
		// People and log come by streams of their own: three came at first, and two left and came back in each round.
		const before = 3 + 4 * round;
		await until(() => expect(page.entries).toHaveLength(before));
		const at = Date.now();
		// The one keeps its connection open and says nothing, the other's is closed by the kernel.
		frozen!.kill('SIGSTOP');
		killed!.kill('SIGKILL');
		const isAway = (person: Visitor) =>
			page.people().find(({ userId }) => userId === person.id)?.state === 'away';
		await until(() => expect(learners.every(isAway)).toBe(true));
		shownAfter.push(Date.now() - at);
		await until(() => expect(page.entries).toHaveLength(before + 2));
		leftAfter.push(Date.now() - at);
		const left = page.entries.slice(before);
		expect(left.map(({ type, payload }) => [type, payload])).toEqual([
			['learner.leave', { reason: 'lost', since: expect.any(Number) }],
			['learner.leave', { reason: 'lost', since: expect.any(Number) }]
		]);
		await until(() => expect(page.people()).toHaveLength(1));
		frozen!.kill('SIGKILL');
	}
	measured('[T8] a frozen page is shown as away', 'ms', shownAfter, '≤ 6 s');
	measured('[T8] a frozen page has left', 'ms', leftAfter, '≤ 15 s');
	expect(Math.max(...leftAfter)).toBeLessThan(15_000);
	expect((await server.attendance(roomCode)).filter(({ leftAt }) => leftAt === null)).toHaveLength(1);
});

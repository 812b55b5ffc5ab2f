// The listeners of one fan-out measurement, in a process of their own. Started by `runTask` with a `FanOutTask`.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAll, sentTimesOf, textOf, type Follower, type Source } from './followers.ts';

export interface FanOutTask {
	source: Source;
	/** Whose processor time is counted. */
	serverPid: number;
	/** For the latency: so many messages, one each `every` ms. */
	calm: { messages: number; every: number };
	/** For the throughput: so many messages, at the most `ahead` of them not yet with everybody. */
	flood: { messages: number; ahead: number };
}

export interface FanOutResult {
	/** From sending a message to each of its deliveries, ms. */
	latencies: number[];
	/** A second, while the server is kept busy. */
	deliveries: number;
	/** Processor time of the server per delivery in the flood, µs; null where the system does not tell. */
	cpuPerDelivery: number | null;
	/** Length of one delivered frame. */
	frameBytes: number;
}

/** Speakers take turns, so that no single connection is the bottleneck. */
const SPEAKERS = 10;
const PATIENCE_MS = 60_000;

process.once('message', (task: FanOutTask) => {
	measure(task).then(
		(result) => process.send?.(result),
		(error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
			process.exit(1);
		}
	);
});
process.on('disconnect', () => process.exit(0));

async function measure({ source, serverPid, calm, flood }: FanOutTask): Promise<FanOutResult> {
	let received = 0;
	let frameBytes = 0;
	let latencies: number[] | null = [];
	let onReceived = () => {};
	const followers = await connectAll(source, (frame) => {
		const now = performance.now();
		// Messages that were committed together come in one frame.
		const times = sentTimesOf(frame);
		if (times.length === 0) return;
		received += times.length;
		frameBytes = Math.round(frame.length / times.length);
		latencies?.push(...times.map((sentAt) => now - sentAt));
		onReceived();
	});
	/** Resolves when so many frames have come in all. */
	const arrival = (count: number) =>
		new Promise<void>((done, fail) => {
			const timer = setTimeout(
				() => fail(new Error(`${received} of ${count} deliveries came.`)),
				PATIENCE_MS
			);
			onReceived = () => {
				if (received < count) return;
				clearTimeout(timer);
				done();
			};
			onReceived();
		});
	const say = (nth: number) => speaker(followers, nth).say(textOf(performance.now()));

	for (let nth = 0; nth < calm.messages; nth++) {
		say(nth);
		await delay(calm.every);
	}
	await arrival(calm.messages * followers.length);
	const calmLatencies = latencies;

	latencies = null;
	received = 0;
	const cpuBefore = cpuTime(serverPid);
	const startedAt = performance.now();
	for (let nth = 0; nth < flood.messages; nth++) {
		say(nth);
		const mayWait = (nth + 1 - flood.ahead) * followers.length;
		if (received < mayWait) await arrival(mayWait);
	}
	const deliveries = flood.messages * followers.length;
	await arrival(deliveries);
	const seconds = (performance.now() - startedAt) / 1_000;
	const cpuAfter = cpuTime(serverPid);
	for (const follower of followers) follower.close();
	return {
		latencies: calmLatencies,
		deliveries: deliveries / seconds,
		cpuPerDelivery: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / deliveries,
		frameBytes
	};
}

function speaker(followers: Follower[], nth: number): Follower {
	return followers[nth % Math.min(SPEAKERS, followers.length)]!;
}

/** Processor time a process has used, µs; the kernel counts it in hundredths of a second. */
function cpuTime(pid: number): number | null {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return null;
	// The name in parentheses may hold spaces; user and system time are the 12th and 13th field after it.
	const fields = readFileSync(file, 'utf8').split(') ').at(-1)!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

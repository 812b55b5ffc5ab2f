import { setTimeout as delay } from 'node:timers/promises';
import { createId } from '../../src/lib/server/ids.ts';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import { openClient } from './liveClient.ts';
import { until } from './until.ts';
import type { Lesson, World } from './world.ts';

/** Two people in a lesson of their own, who must not notice what others do to the server. */
export interface Neighbours {
	lesson: Lesson;
	/** One says something: ms until it is both acknowledged and with the other one. */
	say(): Promise<number>;
	/** Says something again and again, with a pause of so many ms, until `until` is over, and at least so many times. */
	chatWhile(until: Promise<unknown>, least: number, pauseMs?: number): Promise<number[]>;
	/** Whether a connection of theirs ever ended. */
	wasCut(): boolean;
	close(): void;
}

/** Longer than anybody waits: what takes so long counts as lost. */
const LOST_MS = 30_000;

export async function openNeighbours(world: World): Promise<Neighbours> {
	const lesson = await world.classroom({ lasts: 8 * 3_600, names: ['Sophie Germain', 'Emmy Noether'] });
	const { roomCode } = lesson;
	const mentor = openClient(world.url, lesson.mentor);
	const learner = openClient(world.url, lesson.learners[0]!);
	await mentor.trpc.room.start.mutate({ roomCode });
	const heard = new Map<string, () => void>();
	const seen: RoomEvent[] = [];
	const { unsubscribe } = learner.trpc.room.log.subscribe(
		{ roomCode },
		{
			onData({ data }) {
				seen.push(...data);
				for (const { clientId } of data) heard.get(clientId)?.();
			}
		}
	);
	await until(() => {
		if (!seen.some(({ type }) => type === 'session.start')) throw new Error('The lesson has not begun.');
	});

	async function say(): Promise<number> {
		const clientId = createId();
		const at = performance.now();
		const arrived = new Promise<void>((done) => heard.set(clientId, done));
		const lost = delay(LOST_MS, null, { ref: false }).then(() => {
			throw new Error('What a neighbour said was lost.');
		});
		const both = Promise.all([
			mentor.trpc.room.say.mutate({ roomCode, clientId, text: 'Still here.' }),
			arrived
		]);
		await Promise.race([both, lost]);
		heard.delete(clientId);
		return performance.now() - at;
	}

	return {
		lesson,
		say,
		async chatWhile(ended, least, pauseMs = 20) {
			let over = false;
			void ended.finally(() => (over = true)).catch(() => undefined);
			const taken: number[] = [];
			while (!over || taken.length < least) {
				taken.push(await say());
				await delay(pauseMs);
			}
			return taken;
		},
		wasCut: () => mentor.closes.length + learner.closes.length > 0,
		close() {
			unsubscribe();
			void mentor.close();
			void learner.close();
		}
	};
}

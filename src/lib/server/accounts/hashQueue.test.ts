import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHashQueue } from './hashQueue.ts';

/** Work that ends when it is told to. */
function openDesk(parallel: number, most: number) {
	const queue = createHashQueue({ parallel, most });
	const begun: number[] = [];
	const ends = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
	let names = 0;
	return {
		queue,
		/** In the order in which they began. */
		begun,
		running: () => ends.size,
		come(): Promise<number> {
			const name = (names += 1);
			return queue.run(() => {
				begun.push(name);
				const { promise, resolve, reject } = Promise.withResolvers<void>();
				ends.set(name, { resolve, reject });
				return promise.then(() => name);
			});
		},
		async end(how: 'resolve' | 'reject' = 'resolve'): Promise<void> {
			const [first] = ends;
			if (!first) return;
			const [name, { resolve, reject }] = first;
			ends.delete(name);
			if (how === 'resolve') resolve();
			else reject(new Error('broken'));
			// Handing on takes a few turns.
			await new Promise(setImmediate);
		}
	};
}

describe('[S5] passwords are hashed', () => {
	test('a few at a time, first come first served', async () => {
		const desk = openDesk(2, 10);
		const all = [1, 2, 3, 4, 5].map(() => desk.come());
		expect(desk.begun).toEqual([1, 2]);
		expect(desk.queue.waiting()).toBe(3);
		await desk.end();
		const late = desk.come();
		expect(desk.begun).toEqual([1, 2, 3]);
		for (let nth = 0; nth < 5; nth += 1) await desk.end();
		expect(await Promise.all([...all, late])).toEqual([1, 2, 3, 4, 5, 6]);
		expect(desk.begun).toEqual([1, 2, 3, 4, 5, 6]);
	});

	test('or not at all, which is said at once, when very many wait', async () => {
		const desk = openDesk(1, 2);
		const taken = [desk.come(), desk.come(), desk.come()];
		await expect(desk.come()).rejects.toMatchObject({ reason: 'too-many' });
		for (let nth = 0; nth < 3; nth += 1) await desk.end();
		await Promise.all(taken);
		const again = desk.come();
		await desk.end();
		await again;
	});

	test('and whatever happens, no place is lost and none is made', async () => {
		const step = fc.constantFrom('come', 'resolve', 'reject');
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
				const desk = openDesk(2, 3);
				const answers: Promise<unknown>[] = [];
				for (const name of steps) {
					if (name === 'come') answers.push(desk.come().catch(() => undefined));
					else await desk.end(name as 'resolve' | 'reject');
					expect(desk.running()).toBeLessThanOrEqual(2);
					if (desk.queue.waiting() > 0) expect(desk.running()).toBe(2);
				}
				while (desk.running() > 0) await desk.end();
				await Promise.all(answers);
				expect(desk.begun).toEqual(desk.begun.toSorted((a, b) => a - b));
				expect(desk.queue.waiting()).toBe(0);
			}),
			{ numRuns: 50 }
		);
	});
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKnock } from './knock.ts';

const URL = 'http://localhost/healthz';
const asked = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('fetch', asked);
});
afterEach(() => {
	asked.mockReset();
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

const answers = (status: number) => async () => new Response(null, { status });
/** As on a dead network: nothing comes until it is given up. */
const hangs = (_url: string, { signal }: RequestInit) =>
	new Promise<Response>((_, fail) => signal!.addEventListener('abort', () => fail(new Error('given up'))));

/** What became of it after so many ms: `waits`, `there` or `away`. */
async function outcome(answered: Promise<void>, after = 0): Promise<string> {
	let state = 'waits';
	answered.then(
		() => (state = 'there'),
		() => (state = 'away')
	);
	await vi.advanceTimersByTimeAsync(after);
	return state;
}

test('[T2] a server that answers is there, one that refuses or is answered for is away', async () => {
	const knock = createKnock(URL);
	for (const [status, expected] of [
		[200, 'there'],
		[404, 'there'],
		[502, 'away'],
		[503, 'away']
	] as const) {
		asked.mockImplementationOnce(answers(status));
		expect(await outcome(knock.answered())).toBe(expected);
	}
	asked.mockRejectedValueOnce(new TypeError('Failed to fetch'));
	expect(await outcome(knock.answered())).toBe('away');
});

test('[S1] nobody is told who asks, and no answer is taken from a cache', async () => {
	asked.mockImplementation(answers(200));
	await createKnock(URL).answered();
	expect(asked.mock.calls[0]).toMatchObject([
		URL,
		{ method: 'HEAD', credentials: 'omit', cache: 'no-store' }
	]);
});

test('[T2] on a dead network tries are short, but a slow one gets its time', async () => {
	const knock = createKnock(URL);
	asked.mockImplementation(hangs);
	for (const patience of [1_500, 1_500, 1_500, 8_000, 1_500]) {
		const answered = knock.answered();
		expect(await outcome(answered, patience - 1)).toBe('waits');
		expect(await outcome(answered, 1)).toBe('away');
	}
});

test('[T2] after an answer the next tries are short again', async () => {
	const knock = createKnock(URL);
	asked.mockImplementation(hangs);
	for (let i = 0; i < 3; i += 1) await outcome(knock.answered(), 1_500);
	asked.mockImplementationOnce(answers(200));
	// The long one.
	expect(await outcome(knock.answered())).toBe('there');
	expect(await outcome(knock.answered(), 1_500)).toBe('away');
});

test('[T2] when the device wakes, a try that hangs is given up, but not one that was just made', async () => {
	const knock = createKnock(URL);
	asked.mockImplementation(hangs);
	const young = knock.answered();
	await vi.advanceTimersByTimeAsync(200);
	knock.giveUp();
	expect(await outcome(young)).toBe('waits');
	await vi.advanceTimersByTimeAsync(50);
	knock.giveUp();
	expect(await outcome(young)).toBe('away');
	// With none under way there is nothing to give up.
	expect(() => knock.giveUp()).not.toThrow();
});

test('[T2] should only the way of asking be broken, the socket is tried once a minute all the same', async () => {
	const knock = createKnock(URL);
	asked.mockRejectedValue(new TypeError('Failed to fetch'));
	expect(await outcome(knock.answered(), 60_000)).toBe('away');
	expect(await outcome(knock.answered(), 1)).toBe('away');
	expect(await outcome(knock.answered(), 60_000)).toBe('there');
	expect(await outcome(knock.answered())).toBe('away');
	expect(asked).toHaveBeenCalledTimes(3);
});

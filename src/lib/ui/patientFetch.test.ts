import { expect, test } from 'vitest';
import { patientFetch } from './patientFetch.ts';

const DATA = 'https://learn.test/dashboard/__data.json?x-sveltekit-invalidated=01';

/** A server that answers with these, one after the other; null is no answer, `cut` one that breaks off. */
function away(answers: (Response | null | 'cut')[]) {
	const told: boolean[] = [];
	const pauses: number[] = [];
	let asked = 0;
	const fetch = patientFetch({
		async fetch() {
			const answer = answers[asked++];
			if (answer instanceof Response) return answer;
			if (answer === 'cut') {
				const body = new ReadableStream({
					start(controller) {
						controller.enqueue(new TextEncoder().encode('{"ty'));
						controller.error(new TypeError('network error'));
					}
				});
				return new Response(body);
			}
			throw new TypeError('Failed to fetch');
		},
		async pause(ms) {
			pauses.push(ms);
		},
		onAway: (is) => told.push(is)
	});
	return { fetch, told, pauses, asked: () => asked };
}

test('[T10] data of a page is asked for until the server has answered whole', async () => {
	const { fetch, told, pauses } = away([null, 'cut', new Response('', { status: 503 }), new Response('{}')]);
	const answer = await fetch(DATA, {});
	expect(await answer.text()).toBe('{}');
	expect(told).toEqual([true, true, true, false]);
	expect(pauses).toEqual([200, 400, 800]);
});

test('[T10] what the server says is passed on as it is', async () => {
	const { fetch, told } = away([
		new Response('{"a":1}', { status: 403, headers: { 'content-type': 'application/json' } })
	]);
	const answer = await fetch(new URL(DATA));
	expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'application/json']);
	expect(await answer.json()).toEqual({ a: 1 });
	expect(told).toEqual([]);
});

test('[T10] anything else, and what writes, is asked for once', async () => {
	for (const ask of [
		(fetch: typeof globalThis.fetch) => fetch('https://learn.test/dashboard'),
		(fetch: typeof globalThis.fetch) => fetch(DATA, { method: 'POST' })
	]) {
		const { fetch, asked } = away([null, new Response('{}')]);
		await expect(ask(fetch)).rejects.toThrow('Failed to fetch');
		expect(asked()).toBe(1);
	}
});

test('[T10] a question that is given up ends', async () => {
	const { fetch } = away([null]);
	await expect(fetch(DATA, { signal: AbortSignal.abort() })).rejects.toThrow('Failed to fetch');
});

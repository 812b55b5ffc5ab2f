import { deserialize } from '$app/forms';
import { REFUSALS } from '$lib/shared/refusals.ts';

/** Calls a form action of this page without leaving it. Rejects with an `Error` whose message is for people. */
export async function postAction(action: string, fields: Record<string, string>): Promise<void> {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	const response = await fetch(`?/${action}`, {
		method: 'POST',
		body,
		headers: { 'x-sveltekit-action': 'true', accept: 'application/json' }
	}).catch(() => {
		throw new Error('The connection broke off. Please try again.');
	});
	const result = deserialize(await response.text());
	if (result.type === 'failure') throw new Error(String(result.data?.message ?? REFUSALS.internal));
	if (result.type === 'error') throw new Error(REFUSALS.internal);
	if (result.type === 'redirect') location.assign(result.location);
}

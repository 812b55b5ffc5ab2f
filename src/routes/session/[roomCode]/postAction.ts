import { deserialize } from '$app/forms';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { SIGNED_OUT } from '../../sessions/signedOut.ts';

/**
 * Calls a form action without leaving the page, and answers with what it gives back. `address`: `?/note` of this page.
 * @throws Error with a sentence for people
 */
export async function postAction(
	address: string,
	fields: Record<string, string>
): Promise<Record<string, unknown> | undefined> {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	const headers = { 'x-sveltekit-action': 'true', accept: 'application/json' };
	const answer = await fetch(address, { method: 'POST', body, headers })
		.then((response) => response.text())
		.catch(() => {
			throw new Error('The connection broke off. Please try again.');
		});
	const result = readResult(answer);
	if (result.type === 'success') return result.data;
	// Only the login page is ever led to from here.
	if (result.type === 'redirect') throw new Error(SIGNED_OUT);
	if (result.type === 'failure') throw new Error(String(result.data?.message ?? REFUSALS.internal));
	throw new Error(REFUSALS.internal);
}

/** What stands in front of a server answers for it with a page of its own. */
function readResult(answer: string): ReturnType<typeof deserialize> {
	try {
		return deserialize(answer);
	} catch {
		throw new Error('The server is not reached at the moment. Nothing is lost: try again in a moment.');
	}
}

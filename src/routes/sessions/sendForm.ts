import { deserialize } from '$app/forms';
import { SIGNED_OUT } from './signedOut.ts';

/** Sentences for fields, by their names. */
export type FieldErrors = Record<string, string>;

export type FormAnswer = { kind: 'done' } | { kind: 'refused'; message: string | null; errors: FieldErrors };

const AWAY = 'The server is not reached at the moment. Nothing is lost: try again in a moment.';

/**
 * Sends fields to a form action and answers with what came of it, a lost server included: the window that asked stays as
 * it is, with everything that was typed.
 */
export async function sendForm(
	action: string,
	fields: Record<string, string | readonly string[]>
): Promise<FormAnswer> {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
	}
	try {
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		const answer = await fetch(action, { method: 'POST', body, headers });
		const result = deserialize(await answer.text());
		if (result.type === 'success') return { kind: 'done' };
		// Only the login page is ever led to from here.
		if (result.type === 'redirect') return { kind: 'refused', message: SIGNED_OUT, errors: {} };
		if (result.type === 'error') return { kind: 'refused', message: messageOf(result.error), errors: {} };
		const errors = (result.data?.errors ?? {}) as FieldErrors;
		return { kind: 'refused', message: (result.data?.message as string | undefined) ?? null, errors };
	} catch {
		return { kind: 'refused', message: AWAY, errors: {} };
	}
}

function messageOf(error: unknown): string {
	return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : AWAY;
}

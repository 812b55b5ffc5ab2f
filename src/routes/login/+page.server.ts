import { setTimeout as delay } from 'node:timers/promises';
import { fail, redirect } from '@sveltejs/kit';
import { message, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { loginPlace } from '$lib/server/accounts/loginPlace.ts';
import { signInSchema } from '$lib/shared/formSchemas.ts';
import { nextPath } from '$lib/shared/nextPath.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import { keepLanguage } from '../languageCookie.ts';
import type { Actions, PageServerLoad } from './$types';

/** How long somebody waits for being told that they tried too many passwords, ms. */
const GUESSED_TOO_OFTEN_MS = 1_000;
/** What somebody did right before they were led here. */
const BEFORE = ['changed', 'deleted', 'everywhere'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const next = nextPath(url.searchParams.get('next'));
	if (locals.user) redirect(303, next);
	const before = BEFORE.find((each) => each === url.searchParams.get('after')) ?? null;
	return { form: await superValidate(zod4(signInSchema)), next, before };
};

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, cookies, url } = event;
		const form = await superValidate(request, zod4(signInSchema));
		const given = form.data;
		// The password never travels back; the page keeps what was typed.
		form.data = { ...given, password: '' };
		if (!form.valid) return fail(400, { form });
		try {
			const { cookie, user } = await locals.app.accounts.signIn(given, loginPlace(event));
			cookies.set(cookie.name, cookie.value, cookie.attributes);
			if (user.language) keepLanguage(cookies, user.language);
		} catch (reason) {
			// Each answer is a page: whoever guesses on gets few of them.
			if (reason instanceof Refusal && reason.reason === 'too-many') await delay(GUESSED_TOO_OFTEN_MS);
			if (reason instanceof Refusal)
				return message(form, refusalWords(reason.reason, reason.message), { status: 400 });
			throw reason;
		}
		redirect(303, nextPath(url.searchParams.get('next')));
	}
};

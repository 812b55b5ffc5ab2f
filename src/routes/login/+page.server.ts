import { fail, redirect } from '@sveltejs/kit';
import { message, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { loginPlace } from '$lib/server/accounts/loginPlace.ts';
import { signInSchema } from '$lib/shared/formSchemas.ts';
import { nextPath } from '$lib/shared/nextPath.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import { keepLanguage } from '../languageCookie.ts';
import type { Actions, PageServerLoad } from './$types';

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
			if (reason instanceof Refusal)
				return message(form, refusalWords(reason.reason, reason.message), { status: 400 });
			throw reason;
		}
		redirect(303, nextPath(url.searchParams.get('next')));
	}
};

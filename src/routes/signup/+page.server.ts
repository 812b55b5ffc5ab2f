import { fail, redirect } from '@sveltejs/kit';
import { message, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { loginPlace } from '$lib/server/accounts/loginPlace.ts';
import { signUpSchema } from '$lib/shared/formSchemas.ts';
import { EMAIL_MAX_CHARACTERS } from '$lib/shared/limits.ts';
import { nextPath } from '$lib/shared/nextPath.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const next = nextPath(url.searchParams.get('next'));
	if (locals.user) redirect(303, next);
	const role = url.searchParams.get('as') === 'mentor' ? 'mentor' : 'learner';
	// Whoever was invited by mail need not type their address.
	const email = url.searchParams.get('email')?.slice(0, EMAIL_MAX_CHARACTERS) ?? '';
	return {
		form: await superValidate({ role, email, timeZone: 'UTC' }, zod4(signUpSchema), { errors: false }),
		next
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, cookies, url } = event;
		const form = await superValidate(request, zod4(signUpSchema));
		const given = form.data;
		// The password never travels back; the page keeps what was typed.
		form.data = { ...given, password: '' };
		if (!form.valid) return fail(400, { form });
		try {
			// Only the mailbox is told whether there is an account with this address.
			if (locals.app.mails.leave) {
				await locals.app.accounts.signUpByMail(given, loginPlace(event).address);
				return { form, sentTo: given.email };
			}
			const { cookie } = await locals.app.accounts.signUp(given, loginPlace(event));
			cookies.set(cookie.name, cookie.value, cookie.attributes);
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			if (reason.reason === 'email-taken')
				return setError(form, 'email', refusalWords(reason.reason, reason.message));
			return message(form, refusalWords(reason.reason, reason.message), { status: 400 });
		}
		redirect(303, nextPath(url.searchParams.get('next')));
	}
};

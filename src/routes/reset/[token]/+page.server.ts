import { fail, redirect } from '@sveltejs/kit';
import { message, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { newPasswordSchema } from '$lib/shared/formSchemas.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import { SECRET_PAGE } from '../../secretPage.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders(SECRET_PAGE);
	const link = await locals.app.accounts.lookAtLink(params.token);
	const open = link.state === 'open' && link.kind === 'reset-password';
	return {
		// For password managers: which account this is about.
		email: open ? link.email : null,
		form: await superValidate(zod4(newPasswordSchema))
	};
};

export const actions: Actions = {
	default: async ({ request, locals, params }) => {
		const form = await superValidate(request, zod4(newPasswordSchema));
		const given = form.data;
		form.data = { password: '' };
		if (!form.valid) return fail(400, { form });
		try {
			await locals.app.accounts.resetPassword(params.token, given.password);
		} catch (refusal) {
			if (!(refusal instanceof Refusal)) throw refusal;
			return message(form, refusalWords(refusal.reason, refusal.message), { status: 410 });
		}
		redirect(303, '/login?after=changed');
	}
};

import { fail } from '@sveltejs/kit';
import { message, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { forgotSchema } from '$lib/shared/formSchemas.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	form: await superValidate({ email: locals.user?.email ?? '' }, zod4(forgotSchema), { errors: false })
});

export const actions: Actions = {
	/** Answers with `sentTo`, alike for addresses that have an account and that have none. */
	default: async ({ request, locals, getClientAddress }) => {
		const form = await superValidate(request, zod4(forgotSchema));
		if (!form.valid) return fail(400, { form });
		try {
			await locals.app.accounts.requestReset(form.data.email, getClientAddress());
		} catch (refusal) {
			if (!(refusal instanceof Refusal)) throw refusal;
			return message(form, refusalWords(refusal.reason, refusal.message), { status: 429 });
		}
		return { form, sentTo: form.data.email };
	}
};

import { fail, redirect } from '@sveltejs/kit';
import { message, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import {
	changePasswordSchema,
	farewellSchema,
	newAddressSchema,
	profileSchema
} from '$lib/shared/formSchemas.ts';
import { Refusal, REFUSALS, refusalWords, type RefusalReason } from '$lib/shared/refusals.ts';
import { keepLanguage } from '../languageCookie.ts';
import { requireUser } from '../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';
import { timeZoneChoices } from './timeZoneChoices.ts';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	const user = requireUser(locals, url);
	setHeaders({ 'cache-control': 'no-store' });
	const { name, timeZone, language } = user;
	const [profile, address, password, farewell, logins] = await Promise.all([
		superValidate({ name, timeZone, language: language ?? '' }, zod4(profileSchema), { id: 'profile' }),
		superValidate(zod4(newAddressSchema), { id: 'address' }),
		superValidate(zod4(changePasswordSchema), { id: 'password' }),
		superValidate(zod4(farewellSchema), { id: 'farewell' }),
		locals.app.accounts.loginsOf(user.id, locals.loginId!)
	]);
	return {
		...{ user, profile, address, password, farewell, logins },
		timeZones: timeZoneChoices(user.timeZone, Date.now()),
		serverNow: Date.now()
	};
};

export const actions: Actions = {
	profile: async (event) => {
		const { locals, cookies } = event;
		const user = requireUser(locals, event.url);
		const form = await superValidate(event, zod4(profileSchema), { id: 'profile' });
		if (!form.valid) return fail(400, { form });
		const language = form.data.language || null;
		await locals.app.accounts.editProfile(user.id, { ...form.data, language });
		keepLanguage(cookies, language);
		return message(form, { tone: 'info', text: 'Saved.' });
	},

	/** Field `picture`, or `remove` to have none. */
	picture: async ({ locals, url, request }) => {
		const user = requireUser(locals, url);
		const given = await request.formData();
		try {
			if (given.has('remove')) await locals.app.accounts.removePicture(user.id);
			else await locals.app.accounts.setPicture(user.id, await bytesOf(given.get('picture')));
		} catch (thrown) {
			return fail(400, { picture: refusalOf(thrown).text });
		}
		return { picture: null };
	},

	address: async (event) => {
		const user = requireUser(event.locals, event.url);
		const form = await superValidate(event, zod4(newAddressSchema), { id: 'address' });
		const given = form.data;
		// Passwords never travel back; the page keeps what was typed.
		form.data = { ...given, password: '' };
		if (!form.valid) return fail(400, { form });
		if (given.email === user.email) return setError(form, 'email', 'This is your address already.');
		try {
			await event.locals.app.accounts.changeEmail(user.id, given);
		} catch (thrown) {
			const { reason, text } = refusalOf(thrown);
			if (reason === 'wrong-password') return setError(form, 'password', text);
			return message(form, { tone: 'danger', text }, { status: 400 });
		}
		const text = 'We have sent a mail to the new address. Press the link in it, and it is yours.';
		return message(form, { tone: 'info', text });
	},

	/** Sends the link once more that proves the address. */
	resend: async ({ locals, url }) => {
		const user = requireUser(locals, url);
		try {
			await locals.app.accounts.resendProof(user.id);
		} catch (thrown) {
			return fail(429, { resend: refusalOf(thrown).text });
		}
		return { resend: null };
	},

	password: async (event) => {
		const { locals } = event;
		const user = requireUser(locals, event.url);
		const form = await superValidate(event, zod4(changePasswordSchema), { id: 'password' });
		const given = form.data;
		form.data = { current: '', password: '' };
		if (!form.valid) return fail(400, { form });
		try {
			await locals.app.accounts.changePassword({ userId: user.id, loginId: locals.loginId! }, given);
		} catch (thrown) {
			const { reason, text } = refusalOf(thrown);
			if (reason === 'wrong-password') return setError(form, 'current', text);
			return message(form, { tone: 'danger', text }, { status: 400 });
		}
		const text = 'Your password is changed. On all other devices you are signed out.';
		return message(form, { tone: 'info', text });
	},

	/** Field `key`: which of one's logins. */
	endLogin: async ({ locals, url, request }) => {
		const user = requireUser(locals, url);
		const key = (await request.formData()).get('key');
		if (typeof key !== 'string') return fail(400, { logins: REFUSALS['bad-input'] });
		await locals.app.accounts.endLogin(user.id, key);
		return { logins: null };
	},

	everywhere: async ({ locals, url, cookies }) => {
		const user = requireUser(locals, url);
		const { cookie } = await locals.app.accounts.signOutEverywhere(user.id);
		cookies.set(cookie.name, cookie.value, cookie.attributes);
		redirect(303, '/login?after=everywhere');
	},

	farewell: async (event) => {
		const { locals, cookies } = event;
		const user = requireUser(locals, event.url);
		const form = await superValidate(event, zod4(farewellSchema), { id: 'farewell' });
		const given = form.data;
		form.data = { password: '' };
		if (!form.valid) return fail(400, { form });
		try {
			await locals.app.accounts.deleteAccount(user.id, given.password);
		} catch (thrown) {
			const { reason, text } = refusalOf(thrown);
			if (reason === 'wrong-password') return setError(form, 'password', text);
			return message(form, { tone: 'danger', text }, { status: 400 });
		}
		const { cookie } = await locals.app.accounts.signOut(locals.loginId!);
		cookies.set(cookie.name, cookie.value, cookie.attributes);
		redirect(303, '/login?after=deleted');
	}
};

/** What was refused, in the reader’s words; whatever else was thrown is thrown on. */
function refusalOf(thrown: unknown): { reason: RefusalReason; text: string } {
	if (!(thrown instanceof Refusal)) throw thrown;
	return { reason: thrown.reason, text: refusalWords(thrown.reason, thrown.message) };
}

/** Nothing at all is no picture, and is refused as one. */
async function bytesOf(given: FormDataEntryValue | null): Promise<Uint8Array> {
	return given instanceof File ? new Uint8Array(await given.arrayBuffer()) : new Uint8Array();
}

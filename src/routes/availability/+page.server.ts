import { fail } from '@sveltejs/kit';
import type { Availability } from '$lib/shared/availabilityForm.ts';
import {
	readAvailability,
	slugOf,
	spanText,
	type AvailabilityForm,
	type AvailabilityProblems
} from '$lib/shared/availabilityForm.ts';
import { currencySign, moneyField } from '$lib/shared/money.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import { dateIn } from '$lib/shared/time.ts';
import { requireMentor } from '../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';
import { readFields } from './formFields.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = requireMentor(locals, url);
	const currency = locals.app.config.CURRENCY;
	const { week, days, page } = await locals.app.availabilities.read(user);
	const values: AvailabilityForm = {
		week: week.map((spans) => spans.map(spanText)),
		days: days.map(({ date, hours }) => ({ date, hours: hours.map(spanText) })),
		...pageFields(page, user.name, currency)
	};
	return {
		...{ values, currency, sign: currencySign(currency) },
		/** The page's address as it is stored; null before it was saved for the first time. */
		saved: page && { slug: page.slug, open: page.open },
		origin: url.origin,
		today: dateIn(Date.now(), user.timeZone)
	};
};

export const actions: Actions = {
	default: async ({ request, locals, url }) => {
		const values = readFields(await request.formData());
		const refused = (status: number, problems: AvailabilityProblems, message?: string) =>
			fail(status, { values, problems, message, merged: false });
		if (!locals.user) {
			// A redirect to the login page would throw away what was typed.
			const sentence = 'You were signed out. Sign in again in another tab, then send this once more.';
			return refused(401, {}, sentence);
		}
		const user = requireMentor(locals, url);
		const read = readAvailability(values, locals.app.config.CURRENCY, dateIn(Date.now(), user.timeZone));
		if (read.kind === 'problems') return refused(400, read.problems);
		try {
			await locals.app.availabilities.save(user, read.availability);
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			const sentence = refusalWords(reason.reason, reason.message);
			return reason.reason === 'address-taken'
				? refused(409, { slug: sentence })
				: refused(400, {}, sentence);
		}
		const none: AvailabilityProblems = {};
		return { values: null, problems: none, message: undefined, merged: read.merged };
	}
};

/** Before a page was saved: what most people would begin with. */
function pageFields(
	page: Availability['page'] | null,
	name: string,
	currency: string
): Omit<AvailabilityForm, 'week' | 'days'> {
	const firstName = name.split(/\s+/u)[0] ?? name;
	if (!page) {
		return {
			...{ open: false, slug: slugOf(name), title: `Lesson with ${firstName}`, introduction: '' },
			...{ minutes: '60', price: '', pause: '10', notice: '12', ahead: '30' }
		};
	}
	return {
		...{ open: page.open, slug: page.slug, title: page.title, introduction: page.introduction },
		...{ minutes: String(page.lessonMinutes), price: moneyField(page.priceMinor, currency) },
		...{ pause: String(page.pauseMinutes), notice: String(page.noticeHours), ahead: String(page.aheadDays) }
	};
}

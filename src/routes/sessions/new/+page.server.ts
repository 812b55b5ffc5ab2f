import { fail, redirect } from '@sveltejs/kit';
import { message, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { planSchema, splitEmails } from '$lib/shared/formSchemas.ts';
import { offeredLength, readLessonPlan } from '$lib/shared/lessonPlan.ts';
import { currencySign, moneyField } from '$lib/shared/money.ts';
import { START_PAGE } from '$lib/shared/nextPath.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import { dateIn, formatTime } from '$lib/shared/time.ts';
import { requireMentor } from '../../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';

const DAY = 86_400_000;
export const load: PageServerLoad = async ({ locals, url }) => {
	const user = requireMentor(locals, url);
	const currency = locals.app.config.CURRENCY;
	// `after`: the session that this one follows. Whose it is not, or a link that is too old, begins an empty form.
	const after = url.searchParams.get('after');
	const earlier = after ? await locals.app.recap.planAgain(after, user).catch(nothingOfRefusals) : null;
	const suggestion = earlier
		? {
				...sameTimeNextWeek(earlier.startsAt, user.timeZone, Date.now()),
				...{ title: earlier.title, learnerEmails: earlier.learnerEmails },
				minutes: offeredLength(earlier.minutes),
				price: moneyField(earlier.priceMinor, currency)
			}
		: { date: dateIn(Date.now() + DAY, user.timeZone), time: '', minutes: 60 };
	return {
		form: await superValidate(suggestion, zod4(planSchema), { errors: false }),
		today: dateIn(Date.now(), user.timeZone),
		currency,
		sign: currencySign(currency)
	};
};

export const actions: Actions = {
	default: async ({ request, locals, url }) => {
		const sent = await request.formData();
		// What still stands in the field (or came from a browser without scripts) is one text of several addresses.
		const typed = sent.getAll('learnerEmails').map(String).join(' ');
		sent.delete('learnerEmails');
		for (const email of splitEmails(typed)) sent.append('learnerEmails', email);

		const form = await superValidate(sent, zod4(planSchema));
		if (!locals.user) {
			// A redirect to the login page would throw away what was typed.
			const sentence = 'You were signed out. Sign in again in another tab, then send this once more.';
			return message(form, sentence, { status: 401 });
		}
		const user = requireMentor(locals, url);
		if (!form.valid) return fail(400, { form });
		const read = readLessonPlan(form.data, user.timeZone, locals.app.config.CURRENCY, Date.now());
		if (read.kind === 'problems') {
			for (const [field, sentence] of Object.entries(read.problems)) {
				setError(form, field as keyof typeof read.problems, sentence);
			}
			return fail(400, { form });
		}
		try {
			await locals.app.sessions.plan(user, read.plan);
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			const strangers = emailsOf(reason);
			if (reason.reason !== 'not-a-learner' || strangers.length === 0) {
				return message(form, refusalWords(reason.reason, reason.message), { status: 400 });
			}
			form.data.learnerEmails.forEach((email, index) => {
				if (strangers.includes(email))
					setError(form, `learnerEmails[${index}]`, refusalWords(reason.reason, reason.message));
			});
			return fail(400, { form });
		}
		redirect(303, START_PAGE);
	}
};

/** Which of the named people are no learners here. */
function emailsOf(refusal: Refusal): string[] {
	const emails: unknown = 'emails' in refusal ? refusal.emails : null;
	return Array.isArray(emails) ? emails.filter((email) => typeof email === 'string') : [];
}

/** The same day of the week and time on the clock, in the first week in which that is still to come. */
function sameTimeNextWeek(startsAt: number, zone: string, now: number): { date: string; time: string } {
	const weeks = Math.max(1, Math.ceil((now - startsAt) / (7 * DAY)));
	return { date: dateIn(startsAt + weeks * 7 * DAY, zone), time: formatTime(startsAt, zone) };
}

function nothingOfRefusals(reason: unknown): null {
	if (reason instanceof Refusal) return null;
	throw reason;
}

import { fail, redirect } from '@sveltejs/kit';
import { message, setError, superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import { createId } from '$lib/server/ids.ts';
import { splitEmails } from '$lib/shared/formSchemas.ts';
import { offeredLength, readLessonPlan } from '$lib/shared/lessonPlan.ts';
import { currencySign, moneyField } from '$lib/shared/money.ts';
import { START_PAGE } from '$lib/shared/nextPath.ts';
import { planFormSchema } from '$lib/shared/planForm.ts';
import { lessonPagePath } from '$lib/shared/planning.ts';
import { Refusal, refusalWords } from '$lib/shared/refusals.ts';
import { dateIn, formatTime } from '$lib/shared/time.ts';
import { requireMentor } from '../../pageGuards.ts';
import { learnerProblems } from '../learnerProblems.ts';
import type { Actions, PageServerLoad } from './$types';
import { SIGNED_OUT } from '../signedOut.ts';
import { chosenTime } from './chosenTime.ts';

const DAY = 86_400_000;
const PLANNED_BEFORE =
	'This was planned already as it stood here before: you find it in your calendar. Sending it once more plans another session.';
/** `?after=<room code>`: as that session, next week. `?at=<ms>&minutes=…`: a time that was chosen in the calendar. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const user = requireMentor(locals, url);
	const currency = locals.app.config.CURRENCY;
	// Whose session it is not, or a link that is too old, begins an empty form.
	const after = url.searchParams.get('after');
	const earlier = after ? await locals.app.recap.planAgain(after, user).catch(nothingOfRefusals) : null;
	const chosen = chosenTime(url.searchParams, user.timeZone);
	const suggestion = earlier
		? {
				...sameTimeNextWeek(earlier.startsAt, user.timeZone, Date.now()),
				...{ title: earlier.title, learnerEmails: earlier.learnerEmails },
				minutes: offeredLength(earlier.minutes),
				price: moneyField(earlier.priceMinor, currency)
			}
		: (chosen ?? { date: dateIn(Date.now() + DAY, user.timeZone), time: '', minutes: 60 });
	const form = await superValidate({ ...suggestion, clientId: createId() }, zod4(planFormSchema), {
		errors: false
	});
	return {
		form,
		today: dateIn(Date.now(), user.timeZone),
		currency,
		sign: currencySign(currency),
		back: chosen ? `/calendar?week=${chosen.date}` : START_PAGE
	};
};

export const actions: Actions = {
	default: async ({ request, locals, url }) => {
		const sent = await request.formData();
		// What still stands in the field (or came from a browser without scripts) is one text of several addresses.
		const typed = sent.getAll('learnerEmails').map(String).join(' ');
		sent.delete('learnerEmails');
		for (const email of splitEmails(typed)) sent.append('learnerEmails', email);

		const form = await superValidate(sent, zod4(planFormSchema));
		// A redirect to the login page would throw away what was typed.
		if (!locals.user) return message(form, SIGNED_OUT, { status: 401 });
		const user = requireMentor(locals, url);
		if (!form.valid) return fail(400, { form });
		const read = readLessonPlan(form.data, user.timeZone, locals.app.config.CURRENCY, Date.now());
		if (read.kind === 'problems') {
			for (const [field, sentence] of Object.entries(read.problems)) {
				setError(form, field as keyof typeof read.problems, sentence);
			}
			return fail(400, { form });
		}
		const { description, weeks, clientId } = form.data;
		let planned: { roomCode: string };
		try {
			const draft = { ...read.plan, description, weeks, clientId: clientId || createId() };
			planned = await locals.app.planning.plan(user, draft);
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			if (reason.reason === 'id-conflict') {
				// An answer was lost on the way, and something was changed since: both may be meant.
				form.data.clientId = createId();
				return message(form, PLANNED_BEFORE, { status: 409 });
			}
			const problems = learnerProblems(reason);
			if (problems.size === 0) {
				return message(form, refusalWords(reason.reason, reason.message), { status: 400 });
			}
			form.data.learnerEmails.forEach((email, index) => {
				const sentence = problems.get(email);
				if (sentence) setError(form, `learnerEmails[${index}]`, sentence);
			});
			return fail(400, { form });
		}
		redirect(303, `${lessonPagePath(planned.roomCode)}?planned`);
	}
};

/** The same day of the week and time on the clock, in the first week in which that is still to come. */
function sameTimeNextWeek(startsAt: number, zone: string, now: number): { date: string; time: string } {
	const weeks = Math.max(1, Math.ceil((now - startsAt) / (7 * DAY)));
	return { date: dateIn(startsAt + weeks * 7 * DAY, zone), time: formatTime(startsAt, zone) };
}

function nothingOfRefusals(reason: unknown): null {
	if (reason instanceof Refusal) return null;
	throw reason;
}

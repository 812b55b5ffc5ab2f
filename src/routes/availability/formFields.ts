import { OWN_DAYS_MAX } from '$lib/shared/availability.ts';
import type { AvailabilityForm, SpanText } from '$lib/shared/availabilityForm.ts';

/** What the form’s fields are called: hours come in pairs, in order. */
export const weekField = (day: number) => `week.${day}`;
export const dayField = (nth: number) => `days.${nth}`;

/** Reads what the form sent, also from a browser without scripts. */
export function readFields(sent: FormData): AvailabilityForm {
	const text = (name: string) => {
		const value = sent.get(name);
		return typeof value === 'string' ? value : '';
	};
	const all = (name: string) => sent.getAll(name).filter((value) => typeof value === 'string');
	const hours = (name: string): SpanText[] => {
		const ends = all(`${name}.to`);
		return all(`${name}.from`).map((from, nth) => ({ from, to: ends[nth] ?? '' }));
	};
	const days: AvailabilityForm['days'] = [];
	// One more than are allowed, so that it is noticed.
	while (days.length <= OWN_DAYS_MAX && sent.has(`${dayField(days.length)}.date`)) {
		const name = dayField(days.length);
		days.push({ date: text(`${name}.date`), hours: hours(name) });
	}
	return {
		week: Array.from({ length: 7 }, (_, day) => hours(weekField(day))),
		days,
		open: sent.has('open'),
		...{ slug: text('slug'), title: text('title'), introduction: text('introduction') },
		...{ minutes: text('minutes'), price: text('price') },
		...{ pause: text('pause'), notice: text('notice'), ahead: text('ahead') }
	};
}

import type { SpanText } from '$lib/shared/availabilityForm.ts';

/** What “Add hours” begins with: a working day, or after the last hours of the day an hour later. */
export function nextSpan(hours: readonly SpanText[]): SpanText {
	const last = hours.at(-1);
	if (!last) return { from: '09:00', to: '17:00' };
	const end = /^(\d{2}):(\d{2})$/.exec(last.to);
	const hour = end ? Number(end[1]) : 24;
	// Past midnight there is none: the field stays empty rather than wrong.
	if (!end || last.to === '00:00' || hour >= 22) return { from: '', to: '' };
	const later = (hours: number) => `${String(hour + hours).padStart(2, '0')}:${end[2]}`;
	return { from: later(1), to: hour + 2 === 24 ? '00:00' : later(2) };
}

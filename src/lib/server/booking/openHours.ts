import type { OpenHours, Span } from '../../shared/availability.ts';
import type { Row } from '../db/store.ts';

/** Hours as they are stored, as they are reckoned with. */
export function toOpenHours(
	zone: string,
	hours: readonly Row<'availabilityHours'>[],
	days: readonly Row<'availabilityDays'>[]
): OpenHours {
	const week = Array.from({ length: 7 }, (_, day) =>
		inOrder(hours.filter(({ weekday }) => weekday === day + 1))
	);
	const byDate = Map.groupBy(days, ({ date }) => date);
	return { zone, week, days: new Map([...byDate].map(([date, rows]) => [date, inOrder(rows)])) };
}

/** A row with nothing in it stands for a day without hours. */
function inOrder(rows: readonly { fromMinute: number; toMinute: number }[]): Span[] {
	return rows
		.map(({ fromMinute, toMinute }) => ({ from: fromMinute, to: toMinute }))
		.filter(({ from, to }) => from < to)
		.sort((a, b) => a.from - b.from);
}

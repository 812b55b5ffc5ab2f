import { plainMoney } from '../../shared/money.ts';
import type { Member } from '../../shared/roomState.ts';
import { dateIn, formatTime } from '../../shared/time.ts';
import { BYTE_ORDER_MARK, csvRecord } from './csv.ts';
import type { BookedLesson } from './earningsQueries.ts';

/**
 * Bookings as CSV (RFC 4180, UTF-8 with a byte order mark), one line each: the day and minute at which the lesson ended
 * in the mentor's time zone, amounts as plain decimals. There is no line of sums, which would be counted as a booking.
 */
export async function* writeStatement(
	pages: AsyncIterable<BookedLesson[]>,
	peopleOf: (sessionIds: string[]) => Promise<Map<string, Member[]>>,
	mentor: { id: string; timeZone: string },
	{ head, nameOf }: { head: readonly string[]; nameOf: (name: string) => string }
): AsyncGenerator<string, void, undefined> {
	yield BYTE_ORDER_MARK + csvRecord(head);
	for await (const page of pages) {
		const people = await peopleOf(page.map(({ session }) => session.id));
		yield page
			.map(({ entry, session }) => {
				const at = entry.bookedAt.getTime();
				const amount = (minor: number) => ({ number: plainMoney(minor, entry.currency) });
				const learners = (people.get(session.id) ?? []).filter(({ userId }) => userId !== mentor.id);
				return csvRecord([
					...[dateIn(at, mentor.timeZone), formatTime(at, mentor.timeZone), session.title],
					learners.map(({ name }) => nameOf(name)).join('; '),
					{ number: String(Math.round((session.durationSeconds ?? 0) / 60)) },
					entry.currency,
					amount(entry.amountMinor),
					amount(entry.feeMinor),
					amount(entry.amountMinor - entry.feeMinor)
				]);
			})
			.join('');
	}
}

import type { Recap } from '$lib/server/recap/recapService.ts';
import { formatMoney } from '../../../../lib/shared/money.ts';
import { describeSpan, describeSpanExactly, formatDuration } from '../../../../lib/shared/time.ts';
import { counted } from '../../../../lib/shared/counted.ts';

/** A figure of a lesson and a word about it. */
export interface Figure {
	name: string;
	value: string;
	note: string;
}

/** The lesson in a few figures, as the page and the archive show them. */
export function recapFigures({
	session,
	durationSeconds,
	time,
	attendance,
	earning
}: Pick<Recap, 'session' | 'durationSeconds' | 'time' | 'attendance' | 'earning'>): Figure[] {
	const there = attendance.filter(({ presentSeconds }) => presentSeconds > 0).length;
	return [
		{
			name: 'Duration',
			value: formatDuration(durationSeconds ?? 0),
			note: `Planned: ${describeSpan((session.endsAt - session.startsAt) / 1000)}`
		},
		{ name: 'Taught', value: formatDuration(time.taughtSeconds), note: interruptedNote(time) },
		{
			name: 'Attendance',
			value: `${there} of ${attendance.length}`,
			note: there === attendance.length ? 'Everybody was there' : 'See who was there below'
		},
		...(earning
			? [
					{
						name: 'Earned',
						value: formatMoney(earning.amountMinor - earning.feeMinor, earning.currency),
						note: earningNote(earning.amountMinor, attendance)
					}
				]
			: [])
	];
}

function earningNote(amountMinor: number, attendance: Recap['attendance']): string {
	if (amountMinor > 0) return 'Booked when the session ended';
	const taught = attendance.some(({ role, presentSeconds }) => role === 'learner' && presentSeconds > 0);
	return taught ? 'It was free' : 'No learner was there';
}

function interruptedNote({ interruptedSeconds, interruptions }: Recap['time']): string {
	if (interruptedSeconds === 0) return 'Without an interruption';
	const span = describeSpanExactly(interruptedSeconds);
	return counted(interruptions.length, {
		one: `Interrupted once, ${span} in all`,
		other: `Interrupted # times, ${span} in all`
	});
}

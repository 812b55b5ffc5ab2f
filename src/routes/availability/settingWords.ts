import { counted } from '$lib/shared/counted.ts';

/** How long before its start a time can be picked. */
export function noticeWords(hours: number): string {
	if (hours === 0) return 'At once';
	return hours < 48
		? counted(hours, { one: '1 hour', other: '# hours' })
		: counted(hours / 24, { one: '1 day', other: '# days' });
}

/** How far ahead one can book. */
export function aheadWords(days: number): string {
	return days < 30
		? counted(days / 7, { one: '1 week', other: '# weeks' })
		: counted(days, { one: '1 day', other: '# days' });
}

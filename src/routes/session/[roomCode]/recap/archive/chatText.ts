import type { Recap } from '$lib/server/recap/recapService.ts';
import { formatLongDate, formatTime, zoneName } from '../../../../../lib/shared/time.ts';

/**
 * The chat as plain text, one head a message: `[16:02] Liam Chen: Hi`. Further lines of a message are indented, so that
 * none of them can be taken for somebody else's. Line ends as every system reads them.
 */
export function chatText({ session, chat }: Pick<Recap, 'session' | 'chat'>, timeZone: string): string {
	const from = session.startedAt ?? session.startsAt;
	const head = [
		`Chat of “${session.title}”`,
		`${formatLongDate(from, timeZone)} (${zoneName(from, timeZone)})`,
		''
	];
	const lines = chat.map(({ at, authorName, text }) => {
		const [first = '', ...rest] = text.split(/\r\n|[\r\n\u2028\u2029]/);
		return [`[${formatTime(at, timeZone)}] ${authorName}: ${first}`, ...rest.map((line) => `    ${line}`)];
	});
	return [...head, ...lines.flat(), ''].join('\r\n');
}

import type { Recap } from '$lib/server/recap/recapService.ts';
import type { PairFeedback } from '../../../../../lib/shared/feedback.ts';
import {
	describeSpan,
	describeSpanExactly,
	formatLongDate,
	formatTime,
	formatTimeRange,
	formatZonedRange
} from '../../../../../lib/shared/time.ts';
import { isolated } from '../../../../../lib/shared/isolated.ts';
import { linkify } from '../../../../../lib/shared/linkify.ts';
import { hiddenWords } from '../../../../../lib/ui/feedbackWords.ts';
import { interruptionWords } from '../interruptionWords.ts';
import { recapFigures } from '../recapFigures.ts';
import { COMMA, word } from '../../../../../lib/shared/counted.ts';
import { DIRECTION, LANGUAGE } from '../../../../../lib/shared/language.ts';

/** What lies beside the document: names as they stand in the archive. */
export interface DocumentFiles {
	/** Pictures of the board's pages, with their titles. */
	pages: { title: string; path: string }[];
	files: { name: string; path: string }[];
}

const STYLE = `
:root { color-scheme: light; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1d1b18; }
h1 { line-height: 1.2; margin-bottom: 0; } h2 { margin-top: 2.2rem; font-size: 1.2rem; }
.quiet { color: #5b564e; } table { border-collapse: collapse; }
th, td { padding-block: .25rem; padding-inline-end: 1.5rem; text-align: start; vertical-align: top; font-weight: normal; }
th { color: #5b564e; } img { max-width: 100%; border: 1px solid #ccc; } figure { margin: 1rem 0; }
p:has(+ blockquote) { margin-bottom: 0; }
blockquote, .text { margin: .25rem 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

const ROLE_WORDS = { mentor: word('mentor'), learner: word('learner') };

/** The recap as one page that opens anywhere, without a network and without a script. */
export function recapDocument(recap: Recap, { pages, files }: DocumentFiles, timeZone: string): string {
	const { session, time, attendance, chat, note } = recap;
	const from = session.startedAt ?? session.startsAt;
	const to = session.endedAt ?? session.endsAt;
	const sections = [
		section(
			'The lesson',
			table(recapFigures(recap).map(({ name, value, note }) => [name, `${value} – ${note}`]))
		),
		section(
			'Interruptions',
			table(
				time.interruptions.map((interruption) => [
					`${formatTimeRange(interruption.from, interruption.to, timeZone)} (${describeSpanExactly(Math.round((interruption.to - interruption.from) / 1000))})`,
					interruptionWords(interruption, session.members)
				])
			)
		),
		section(
			'Attendance',
			table(
				attendance.map(({ name, role, presentSeconds }) => [
					`${isolated(name)} (${ROLE_WORDS[role]})`,
					presentSeconds > 0 ? describeSpan(presentSeconds) : 'Not there'
				])
			)
		),
		section('Feedback', recap.feedback.map((pair) => ratings(pair, timeZone)).join('')),
		section('Note for the next lesson', note ? `<p class="text" dir="auto">${escaped(note.text)}</p>` : ''),
		section(
			'Whiteboard',
			pages
				.map(
					({ title, path }) =>
						`<figure><img src="${address(path)}" alt="${escaped(title)}"><figcaption dir="auto">${escaped(title)}</figcaption></figure>`
				)
				.join('')
		),
		section(
			'Files',
			files.length === 0
				? ''
				: `<ul>${files.map(({ name, path }) => `<li><a href="${address(path)}"><bdi>${escaped(name)}</bdi></a></li>`).join('')}</ul>`
		),
		section(
			'Chat',
			chat
				.map(
					({ at, authorName, text }) =>
						`<p><b><bdi>${escaped(authorName)}</bdi></b> <span class="quiet">${formatTime(at, timeZone)}</span></p><blockquote dir="auto">${linked(text)}</blockquote>`
				)
				.join('')
		)
	];
	const when = `${formatLongDate(from, timeZone)}, ${formatZonedRange(from, to, timeZone)}`;
	const who = session.members.map(({ name, role }) => `${isolated(name)} (${ROLE_WORDS[role]})`).join(COMMA);
	return [
		`<!doctype html><html lang="${LANGUAGE}" dir="${DIRECTION}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		// Nothing that people wrote can load or run anything, wherever this is opened.
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'">`,
		`<title>${escaped(`Recap: ${session.title}`)}</title><style>${STYLE}</style></head><body>`,
		`<h1 dir="auto">${escaped(session.title)}</h1><p class="quiet">${escaped(when)}<br>${escaped(who)}</p>`,
		...sections,
		'</body></html>'
	].join('\n');
}

/** Nothing for what has no content. */
function section(title: string, content: string): string {
	return content === '' ? '' : `<h2>${title}</h2>${content}`;
}

function table(rows: readonly [name: string, value: string][]): string {
	if (rows.length === 0) return '';
	const lines = rows.map(
		([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`
	);
	return `<table>${lines.join('')}</table>`;
}

function ratings(pair: PairFeedback, timeZone: string): string {
	const { person, mine, theirs } = pair;
	const said = (who: string, { stars, comment }: { stars: number; comment: string }) =>
		`<p>${escaped(who)}: ${escaped(`${stars} of 5 stars`)}</p>${comment ? `<blockquote dir="auto">${escaped(comment)}</blockquote>` : ''}`;
	const hidden = mine && !mine.revealed ? `<p class="quiet">${escaped(hiddenWords(pair, timeZone))}</p>` : '';
	return [
		mine ? said(`You about ${isolated(person.name)}`, mine) + hidden : '',
		theirs ? said(`${isolated(person.name)} about you`, theirs) : ''
	].join('');
}

/** As on the page: what is an address leads there. */
function linked(text: string): string {
	return linkify(text)
		.map((part) =>
			part.kind === 'link'
				? `<a href="${escaped(part.href)}" rel="noopener noreferrer nofollow">${escaped(part.text)}</a>`
				: escaped(part.text)
		)
		.join('');
}

function address(path: string): string {
	return escaped(path.split('/').map(encodeURIComponent).join('/'));
}

function escaped(text: string): string {
	return text.replace(
		/[&<>"']/g,
		(sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign
	);
}

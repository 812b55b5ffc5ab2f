import type { PairFeedback } from '../shared/feedback.ts';
import { isolated } from '../shared/isolated.ts';
import { formatDate } from '../shared/time.ts';

/** When the other one sees what was said: `Liam Chen sees it when they have rated you too, or on 5 December.` */
export function hiddenWords({ person, revealsAt }: PairFeedback, timeZone: string): string {
	if (revealsAt === null) return `${isolated(person.name)} sees it in a moment.`;
	const day = formatDate(revealsAt, timeZone);
	return `${isolated(person.name)} sees it when they have rated you too, or on ${day}.`;
}

/** Under the form: who sees it when. `pairs`: with those who are rated in it. */
export function formNote(pairs: readonly PairFeedback[], timeZone: string): string {
	const revealsAt = pairs[0]?.revealsAt ?? null;
	if (revealsAt === null) return 'What you write is shown at once and cannot be changed any more.';
	const day = formatDate(revealsAt, timeZone);
	return `What you write stays hidden until you have rated each other, or until ${day}. Until then you can change it.`;
}

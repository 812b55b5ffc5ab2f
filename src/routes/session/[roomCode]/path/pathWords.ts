import type { PersonView } from '../../../../lib/room/roomView.ts';
import { firstName } from '../peopleWords.ts';

/** How the way to somebody stands, in words and a tone; null where there is nothing to say yet. */
export function pathWords(
	person: Pick<PersonView, 'name' | 'path' | 'state'>
): { tone: 'good' | 'busy' | 'warn'; text: string } | null {
	if (person.state !== 'here') return null;
	const name = firstName(person.name);
	switch (person.path) {
		case 'none':
			return null;
		case 'ready':
			return { tone: 'good', text: `Connection to ${name} is ready` };
		case 'trying':
			return { tone: 'busy', text: `Finding the way to ${name}…` };
		case 'failing':
			return { tone: 'warn', text: `No way to ${name} was found yet. We go on trying.` };
	}
}

/**
 * What is told while somebody cannot be seen here: what is sent may get to them all the same. Null where they are seen,
 * or nothing of one's own is sent.
 */
export function stillSeen(
	person: Pick<PersonView, 'trouble' | 'frozen'>,
	mine: PersonView['media']
): string | null {
	if (person.trouble === null && !person.frozen) return null;
	const seen = mine.camera || mine.screen;
	if (seen && mine.microphone) return 'They may still see and hear you.';
	if (seen) return 'They may still see you.';
	return mine.microphone ? 'They may still hear you.' : null;
}

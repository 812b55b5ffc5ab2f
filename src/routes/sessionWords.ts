import { isolated } from '../lib/shared/isolated.ts';
import { LOCALE } from '../lib/shared/language.ts';
import type { Member } from '../lib/shared/roomState.ts';

const list = new Intl.ListFormat(LOCALE);

/** Whom one meets: `Maya Okafor`, `Liam Chen and Aisha Rahman`; the mentor comes first. */
export function withWhom(people: Member[], meId: string): string {
	const others = people.filter((person) => person.userId !== meId);
	const ordered = [
		...others.filter((person) => person.role === 'mentor'),
		...others.filter((person) => person.role !== 'mentor')
	];
	return list.format(ordered.map((person) => isolated(person.name)));
}

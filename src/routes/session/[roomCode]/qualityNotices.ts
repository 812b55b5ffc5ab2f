import type { PersonView } from '../../../lib/room/roomView.ts';
import { firstName, namesInWords } from './peopleWords.ts';
import { isolated } from '../../../lib/shared/isolated.ts';

/** That one's own picture is not sent, to all or some; null while it is. */
export function pausedWords(pausedFor: readonly string[], people: readonly PersonView[]): string | null {
	const connected = people.filter((person) => !person.isMe && person.call === 'connected');
	const names = connected
		.filter(({ userId }) => pausedFor.includes(userId))
		.map(({ name }) => firstName(name));
	if (names.length === 0) return null;
	if (names.length === connected.length) return 'Your connection is weak. Video is paused, sound goes on.';
	return `Your video to ${namesInWords(names)} is paused: weak connection. Sound goes on.`;
}

/** A sentence for each person whose picture is not sent to this page for now. */
export function pausedByOthers(people: readonly PersonView[]): string[] {
	return people.filter(isPausedHere).map(pausedSentence);
}

/** They show something, and only its sound comes. */
export function isPausedHere({ videoPaused, media }: PersonView): boolean {
	return videoPaused && (media.camera || media.screen);
}

export function pausedSentence({ name }: Pick<PersonView, 'name'>): string {
	return `${isolated(name)}’s video is paused: weak connection`;
}

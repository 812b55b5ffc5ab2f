import type { PersonView } from '../../../lib/room/roomView.ts';
import { isolated } from '../../../lib/shared/isolated.ts';
import type { MediaState } from '../../../lib/shared/live.ts';
import type { Member } from '../../../lib/shared/roomState.ts';
import { COMMA } from '../../../lib/shared/counted.ts';
import { LOCALE } from '../../../lib/shared/language.ts';

const list = new Intl.ListFormat(LOCALE);

/** “Liam Chen”, “Liam Chen and Aisha Rahman”, “Liam Chen, Aisha Rahman and Omar Haddad”. */
export function namesInWords(names: readonly string[]): string {
	return list.format(names.map(isolated));
}

export function firstName(name: string): string {
	return name.trim().split(/\s+/u)[0] ?? name;
}

/** What the empty stage says. Long lists of people would say less than “your learners”. */
export function awaited(members: readonly Member[]): string {
	if (members.length === 0) return 'Waiting for the others…';
	if (members.length > 3) return 'Waiting for your learners…';
	return `Waiting for ${namesInWords(members.map((member) => firstName(member.name)))}…`;
}

/** What a person sends, in words, for those who do not see the icons. */
export function mediaInWords(media: MediaState): string {
	const words = [
		media.microphone ? 'microphone on' : 'microphone off',
		media.camera ? 'camera on' : 'camera off'
	];
	if (media.screen) words.push('sharing the screen');
	return words.join(COMMA);
}

/** Not known of everybody: then nothing is said. */
export function isSpeaking(person: PersonView): boolean {
	return person.media.microphone && (person as PersonView & { speaking?: boolean }).speaking === true;
}

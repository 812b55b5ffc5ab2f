import type { OwnSpeech } from '../../../../lib/room/captions/createCaptions.ts';
import type { PersonView } from '../../../../lib/room/roomView.ts';
import { firstName, namesInWords } from '../peopleWords.ts';

/** What taking part means, before anybody agrees to it. */
export const CONSENT =
	'Your browser then sends your voice to the speech service of its maker while your microphone is on. The text goes to the people in this session and is kept nowhere.';

/** “Liam would like captions.” */
export function askedWords(names: readonly string[]): string {
	return `${namesInWords(names.map(firstName))} would like captions`;
}

/** What somebody else does about captions, for those who read them. */
export function givingWords(person: Pick<PersonView, 'captions' | 'media'>): string {
	switch (person.captions?.giving) {
		case 'yes':
			return person.media.microphone ? 'takes part' : 'takes part, muted now';
		case 'cannot':
			return 'has a browser that cannot do it';
		case 'no':
			return 'does not take part';
		case undefined:
			return 'has not answered yet';
	}
}

/** What stands in for captions while there are none; null while there is nothing to say. */
export function nothingYetWords(others: readonly Pick<PersonView, 'captions' | 'media'>[]): string {
	if (others.length === 0) return 'Nobody else is here yet';
	const giving = others.filter(({ captions }) => captions?.giving === 'yes');
	if (giving.some(({ media }) => media.microphone)) return 'Captions appear here when somebody speaks';
	if (giving.length > 0) return 'Those who take part are muted';
	if (others.every(({ captions }) => captions?.giving === 'cannot'))
		return 'The others’ browsers cannot turn speech into text';
	return others.some(({ captions }) => captions === null)
		? 'The others are asked whether they take part'
		: 'Nobody else takes part';
}

export function ownWords(own: OwnSpeech): string | null {
	switch (own) {
		case 'listening':
			return 'Your words are shown as captions';
		case 'paused':
			return 'No captions of you while you are muted';
		case 'waiting':
			return 'Your browser’s speech service is not reached';
		case 'denied':
			return 'Your browser does not allow its speech service here';
		case 'failed':
			return 'Your browser’s speech service does not work here';
		case 'off':
			return null;
	}
}

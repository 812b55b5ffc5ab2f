import { expect, test } from 'vitest';
import type { CaptionGiving } from '../../../../lib/shared/captions.ts';
import { askedWords, givingWords, nothingYetWords } from './captionWords.ts';

const person = (giving: CaptionGiving | null, microphone = true) => ({
	captions: giving && { wanted: false, giving },
	media: { microphone, camera: false, screen: false }
});

test('[Y1] an empty strip says why it is empty', () => {
	expect(nothingYetWords([])).toBe('Nobody else is here yet');
	expect(nothingYetWords([person(null)])).toBe('The others are asked whether they take part');
	expect(nothingYetWords([person('no'), person('cannot')])).toBe('Nobody else takes part');
	expect(nothingYetWords([person('cannot')])).toBe('The others’ browsers cannot turn speech into text');
	expect(nothingYetWords([person('no'), person('yes')])).toBe('Captions appear here when somebody speaks');
	expect(nothingYetWords([person('yes', false)])).toBe('Those who take part are muted');
});

test('[Y1] who asks is named, and what each person does is said', () => {
	expect(askedWords(['Liam Chen', 'Aisha Rahman'])).toBe('Liam and Aisha would like captions');
	expect([null, 'no', 'yes', 'cannot'].map((giving) => givingWords(person(giving as CaptionGiving)))).toEqual(
		['has not answered yet', 'does not take part', 'takes part', 'has a browser that cannot do it']
	);
});

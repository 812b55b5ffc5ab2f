import { expect, test } from 'vitest';
import { awaited, mediaInWords, namesInWords } from './peopleWords.ts';

const member = (name: string) => ({ userId: name, name, role: 'learner' as const });

test('[L1] names read like a sentence', () => {
	expect(namesInWords([])).toBe('');
	expect(namesInWords(['Liam Chen'])).toBe('Liam Chen');
	expect(namesInWords(['Liam Chen', 'Aisha Rahman'])).toBe('Liam Chen and Aisha Rahman');
	expect(namesInWords(['A', 'B', 'C'])).toBe('A, B and C');
});

test('[C4] the empty stage says who is awaited, by first names, and stays short', () => {
	expect(awaited([member('Liam Chen')])).toBe('Waiting for Liam…');
	expect(awaited([member('Liam Chen'), member('Aisha Rahman')])).toBe('Waiting for Liam and Aisha…');
	expect(awaited(['A', 'B', 'C', 'D'].map(member))).toBe('Waiting for your learners…');
	expect(awaited([])).toBe('Waiting for the others…');
});

test('[M1] microphone, camera and screen are said in words', () => {
	expect(mediaInWords({ microphone: false, camera: true, screen: false })).toBe('microphone off, camera on');
	expect(mediaInWords({ microphone: true, camera: false, screen: true })).toBe(
		'microphone on, camera off, sharing the screen'
	);
});

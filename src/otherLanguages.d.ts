/** A module in another language than the rest of the build (scripts/words/wordsPlugin.ts). */
declare module '*/mailWords.ts?language=ar' {
	export { FRAME_WORDS, mailWords } from '$lib/server/mail/mailWords.ts';
}

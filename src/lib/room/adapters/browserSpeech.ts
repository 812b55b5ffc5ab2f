import type { SpeechEnd, SpeechRecogniser } from '../captions/recogniser.ts';

/* The Web Speech API (https://webaudio.github.io/web-speech-api/), of which TypeScript knows nothing yet. */

interface Result {
	readonly isFinal: boolean;
	readonly [index: number]: { readonly transcript: string } | undefined;
}
interface ResultEvent extends Event {
	readonly resultIndex: number;
	readonly results: ArrayLike<Result>;
}
interface Recognition {
	continuous: boolean;
	interimResults: boolean;
	lang: string;
	onresult: ((event: ResultEvent) => void) | null;
	onerror: ((event: Event & { error: string }) => void) | null;
	onend: (() => void) | null;
	start(): void;
	abort(): void;
}
type RecognitionClass = new () => Recognition;

/** Null where the browser has none. It sends the voice to a service of the browser's maker. */
export function browserSpeech(language: string): SpeechRecogniser | null {
	const { SpeechRecognition, webkitSpeechRecognition } = window as {
		SpeechRecognition?: RecognitionClass;
		webkitSpeechRecognition?: RecognitionClass;
	};
	const Class = SpeechRecognition ?? webkitSpeechRecognition;
	if (!Class) return null;
	return {
		listen({ onText, onEnd }) {
			const recognition = new Class();
			let end: SpeechEnd = 'pause';
			let stopped = false;
			recognition.continuous = true;
			recognition.interimResults = true;
			recognition.lang = language;
			recognition.onresult = ({ resultIndex, results }) => {
				let unsure = '';
				for (const result of Array.from(results).slice(resultIndex)) {
					const text = result[0]?.transcript ?? '';
					if (result.isFinal) onText(text, true);
					else unsure += text;
				}
				if (unsure !== '') onText(unsure, false);
			};
			recognition.onerror = ({ error }) => {
				end = endOf(error);
			};
			recognition.onend = () => {
				if (!stopped) onEnd(end);
			};
			try {
				recognition.start();
			} catch {
				end = 'failed';
				queueMicrotask(() => recognition.onend?.());
			}
			return () => {
				stopped = true;
				recognition.abort();
			};
		}
	};
}

function endOf(error: string): SpeechEnd {
	switch (error) {
		case 'no-speech':
		case 'aborted':
			return 'pause';
		case 'network':
			return 'unreachable';
		case 'not-allowed':
		case 'service-not-allowed':
			return 'denied';
		default:
			return 'failed';
	}
}

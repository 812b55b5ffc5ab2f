import type { SpeechEnd, SpeechRecogniser } from '../captions/recogniser.ts';

/** Understands what a test says. */
export interface FakeRecogniser extends SpeechRecogniser {
	isListening(): boolean;
	/** How often it was started. */
	readonly starts: number;
	say(text: string, final?: boolean): void;
	end(end: SpeechEnd): void;
}

export function fakeRecogniser(): FakeRecogniser {
	type Handlers = Parameters<SpeechRecogniser['listen']>[0];
	let handlers: Handlers | null = null;
	let starts = 0;
	return {
		isListening: () => handlers !== null,
		get starts() {
			return starts;
		},
		listen(given) {
			handlers = given;
			starts += 1;
			return () => {
				if (handlers === given) handlers = null;
			};
		},
		say: (text, final = false) => handlers?.onText(text, final),
		end(end) {
			const ended = handlers;
			handlers = null;
			ended?.onEnd(end);
		}
	};
}

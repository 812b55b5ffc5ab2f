import type { Page } from '@playwright/test';

declare global {
	interface Window {
		/** What the fake recogniser of a page hears. */
		speech?: { say(text: string, final: boolean): void; listening: number };
	}
}

/** What whoever is listened to says; `final`: the recogniser is sure of it. */
export function say(page: Page, text: string, final: boolean): Promise<void> {
	return page.evaluate(([words, isFinal]) => window.speech!.say(words, isFinal), [text, final] as const);
}

/** How many recognisers of the page listen. */
export function listening(page: Page): Promise<number> {
	return page.evaluate(() => window.speech!.listening);
}

/** Runs in the page before its own scripts: the browser here has no speech service. */
export function installFakeSpeech(): void {
	const open = new Set<FakeRecognition>();
	class FakeRecognition {
		onresult: ((event: object) => void) | null = null;
		onend: (() => void) | null = null;
		start() {
			open.add(this);
		}
		abort() {
			open.delete(this);
			queueMicrotask(() => this.onend?.());
		}
	}
	Object.assign(window, { SpeechRecognition: FakeRecognition, webkitSpeechRecognition: FakeRecognition });
	window.speech = {
		get listening() {
			return open.size;
		},
		say(transcript, isFinal) {
			const results = [Object.assign([{ transcript }], { isFinal })];
			for (const each of open) each.onresult?.({ resultIndex: 0, results });
		}
	};
}

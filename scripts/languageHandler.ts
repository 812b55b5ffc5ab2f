import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLanguage, LANGUAGES, readLanguage, type Language } from '../src/lib/shared/language.ts';
import { handlerOf } from './buildApp.ts';
import { Mistake } from './commandLine.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Serves each request in the language of who asks. The English pages are loaded at once and start the app; the others
 * use it and are loaded when somebody first asks for them.
 * @throws Mistake when there is no build
 */
export async function loadHandler(): Promise<Handler> {
	if (!LANGUAGES.every((language) => existsSync(handlerOf(language))))
		throw new Mistake('There is no build yet: run `npm run build` first.');
	const loaded = new Map<Language, Promise<Handler>>();
	const english = await load('en');
	return (request, response, next) => {
		const language = languageOf(request);
		if (language === 'en') return english(request, response, next);
		let handler = loaded.get(language);
		if (!handler) loaded.set(language, (handler = load(language)));
		handler.then(
			(serve) => serve(request, response, next),
			() => english(request, response, next)
		);
	};
}

async function load(language: Language): Promise<Handler> {
	const { handler } = (await import(pathToFileURL(resolve(handlerOf(language))).href)) as {
		handler: Handler;
	};
	return handler;
}

/** Scripts and styles have the language in their path, so that a page gets its own whatever has been chosen since. */
export function languageOf({ url, headers }: Pick<IncomingMessage, 'url' | 'headers'>): Language {
	const [, app, first] = (url ?? '/').split(/[/?#]/);
	if (app === '_app') return isLanguage(first) ? first : 'en';
	return readLanguage(headers.cookie, headers['accept-language']);
}

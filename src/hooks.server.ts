import {
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { readConfig } from '$lib/server/config.ts';
import { createApp, type App } from '$lib/server/createApp.ts';
import { boundedRequest, refuseTooLarge } from './routes/boundedRequest.ts';
import { FILE_POLICY, pageHeaders, withPeerServer } from '$lib/server/pageHeaders.ts';
import { bodyLimit } from '$lib/server/writeGuard.ts';
import { DIRECTION, LANGUAGE, LANGUAGE_COOKIE, readLanguage, type Language } from '$lib/shared/language.ts';
import { ownPath } from '$lib/shared/nextPath.ts';
import { referenceWords, REFUSALS } from '$lib/shared/refusals.ts';
import { keepLanguage } from './routes/languageCookie.ts';
import { readForms } from './routes/readForms.ts';

/** Where the HTTP server's upgrade listener finds the app too: pages and sockets share one instance. */
const APP = Symbol.for('peerlearn.app');
const POLICY = 'Content-Security-Policy';
const holder = globalThis as { [APP]?: App };

export const init: ServerInit = async () => {
	// The pages of another language are a build of their own beside the first one and use its app.
	if (holder[APP] && !import.meta.env.DEV) return;
	// In development an edited server starts again in the same process: the old app must let go of its sockets first.
	await holder[APP]?.close();
	holder[APP] = undefined;
	holder[APP] = await createApp(readConfig(process.env));
};

export const handle: Handle = async ({ event, resolve }) => {
	const app = holder[APP];
	if (!app) throw new Error('The app was not started.');
	app.requests.isFor(event.route.id);
	const login = await app.accounts.readLogin(event.request.headers.get('cookie'));
	event.locals.app = app;
	event.request = boundedRequest(event.request, bodyLimit(event.request.method, event.url.pathname));
	readForms(event.request);
	event.locals.user = login?.user ?? null;
	event.locals.loginId = login?.loginId ?? null;
	event.locals.csrf = login?.csrf ?? null;
	if (login?.cookie) event.cookies.set(login.cookie.name, login.cookie.value, login.cookie.attributes);
	if (login?.user.language) speakLanguageOf(event, login.user.language);

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%language%', LANGUAGE).replace('%direction%', DIRECTION)
	});
	refuseTooLarge(event.request);
	// The same address has another page for those who read another language.
	response.headers.append('Vary', 'Accept-Language, Cookie');
	const policy = response.headers.get(POLICY);
	if (policy) response.headers.set(POLICY, withPeerServer(policy, app.config.PEER_SERVER_URL));
	else if (!response.headers.get('content-type')?.startsWith('text/html'))
		response.headers.set(POLICY, FILE_POLICY);
	// Pages whose address is a secret say more.
	for (const [name, value] of Object.entries(pageHeaders(app.config)))
		if (!response.headers.has(name)) response.headers.set(name, value);
	return response;
};

/** What Node says of a body whose sender went away in the middle: nobody reads the answer, and nothing of ours broke. */
function isHungUp(error: unknown): boolean {
	return (
		error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
	);
}

/**
 * Somebody chose a language on another device: this one keeps it from now on, and where it asked for a page in another one
 * it asks once more.
 */
function speakLanguageOf({ cookies, request, url, isDataRequest }: RequestEvent, language: Language): void {
	if (request.method !== 'GET' || isDataRequest || cookies.get(LANGUAGE_COOKIE) === language) return;
	const { headers } = request;
	if (!headers.get('accept')?.includes('text/html')) return;
	keepLanguage(cookies, language);
	const spoken = readLanguage(
		headers.get('cookie') ?? undefined,
		headers.get('accept-language') ?? undefined
	);
	// A path that begins with two slashes would lead to another site.
	if (spoken !== language) redirect(303, ownPath(url.pathname + url.search) ?? '/');
}

export const handleError: HandleServerError = ({ error, event, status }) => {
	// Not the path: those of private calendars and of links in mails are secrets (spec S7).
	if (status >= 500 && !isHungUp(error))
		holder[APP]?.log.error({ err: error, route: event.route.id }, 'request failed');
	if (status === 404) return { message: 'There is nothing at this address.' };
	const reference = status >= 500 ? holder[APP]?.requests.reference() : null;
	if (!reference) return { message: REFUSALS.internal };
	// In the sentence too, for whatever shows nothing else: the page for when no page can be made, a toast.
	return { message: `${REFUSALS.internal} ${referenceWords(reference)}`, reference };
};

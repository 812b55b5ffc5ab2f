import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { readConfig } from '$lib/server/config.ts';
import { createApp, type App } from '$lib/server/createApp.ts';
import { DIRECTION, LANGUAGE } from '$lib/shared/language.ts';
import { REFUSALS } from '$lib/shared/refusals.ts';

/** Where the HTTP server's upgrade listener finds the app too: pages and sockets share one instance. */
const APP = Symbol.for('peerlearn.app');
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
	const login = await app.accounts.readLogin(event.request.headers.get('cookie'));
	event.locals.app = app;
	event.locals.user = login?.user ?? null;
	event.locals.loginId = login?.loginId ?? null;
	event.locals.csrf = login?.csrf ?? null;
	if (login?.cookie) event.cookies.set(login.cookie.name, login.cookie.value, login.cookie.attributes);

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%language%', LANGUAGE).replace('%direction%', DIRECTION)
	});
	// The same address has another page for those who read another language.
	response.headers.append('Vary', 'Accept-Language, Cookie');
	response.headers.set('X-Content-Type-Options', 'nosniff');
	response.headers.set('X-Frame-Options', 'DENY');
	response.headers.set('Referrer-Policy', 'same-origin');
	response.headers.set(
		'Permissions-Policy',
		'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()'
	);
	return response;
};

export const handleError: HandleServerError = ({ error, event, status }) => {
	// Not the path: those of private calendars and of links in mails are secrets (spec S7).
	if (status >= 500) holder[APP]?.log.error({ err: error, route: event.route.id }, 'request failed');
	return {
		message: status === 404 ? 'There is nothing at this address.' : REFUSALS.internal
	};
};

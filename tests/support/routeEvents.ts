import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { App } from '../../src/lib/server/createApp.ts';
import { readForms } from '../../src/routes/readForms.ts';
import type { Known } from './appWithin.ts';
import type { Body } from './formBodies.ts';
import { isMeant } from './soundStore.ts';

export type Handler = (event: RequestEvent) => unknown;
const pages = import.meta.glob<{ actions?: Record<string, Handler>; load?: Handler }>(
	'../../src/routes/**/+{page,layout}.server.ts',
	{ eager: true }
);
const endpoints = import.meta.glob<Record<string, Handler>>('../../src/routes/**/+server.ts', {
	eager: true
});
const WRITING = ['POST', 'PUT', 'PATCH', 'DELETE'];
const routeOf = (file: string) => file.replace(/^.*\/routes/, '').replace(/\/\+[a-z.]+$/, '') || '/';

/** Everything that takes what somebody sent, by route and name. */
export const takers: Record<string, Handler> = Object.fromEntries([
	...Object.entries(pages).flatMap(([file, { actions = {} }]) =>
		Object.entries(actions).map(([name, act]) => [`${routeOf(file)} ?${name}`, act] as const)
	),
	...Object.entries(endpoints).flatMap(([file, methods]) =>
		WRITING.flatMap((method) =>
			methods[method] ? [[`${routeOf(file)} ${method}`, methods[method]] as const] : []
		)
	)
]);

/** Everything that only shows something. */
export const shows: Record<string, Handler> = Object.fromEntries([
	...Object.entries(pages).flatMap(([file, { load }]) =>
		load ? [[file.replace(/^.*\/routes/, ''), load] as const] : []
	),
	...Object.entries(endpoints).flatMap(([file, { GET }]) =>
		GET ? [[`${routeOf(file)} GET`, GET] as const] : []
	)
]);

export interface Asked {
	who: Known | null;
	params: Record<string, string>;
	/** Behind the question mark. */
	search?: URLSearchParams;
	/** Null for a GET. */
	sent: Body | null;
}

/** A request as Kit would hand it on. */
export function eventOf(app: App, route: string, { who, params, search, sent }: Asked): RequestEvent {
	const url = new URL(`http://fuzz.test/page?${search ?? ''}`);
	const headers = sent?.type ? { 'content-type': sent.type } : undefined;
	const request = new Request(url, sent ? { method: 'POST', body: sent.body, headers } : {});
	readForms(request);
	return {
		...{ request, url, params, route: { id: route }, isDataRequest: false },
		locals: { app, user: who?.user ?? null, loginId: who?.loginId ?? null, csrf: who?.csrf ?? null },
		cookies: { get: () => undefined, getAll: () => [], set: () => undefined, delete: () => undefined },
		...{ getClientAddress: () => '203.0.113.7', setHeaders: () => undefined, depends: () => undefined },
		...{ parent: async () => ({}), untrack: (read: () => unknown) => read() }
	} as unknown as RequestEvent;
}

/** The status of an answer; whatever is none, or says that something went wrong on our side, is thrown. */
export async function statusOf(name: string, handler: Handler, event: RequestEvent): Promise<number> {
	const answer = await (async () => handler(event))().catch((thrown: unknown) => {
		if (isHttpError(thrown) || isRedirect(thrown)) return thrown;
		throw new Error(`${name} is broken by ${event.url.search} ${JSON.stringify(event.params)}`, {
			cause: thrown
		});
	});
	const status = answer instanceof Object && 'status' in answer ? Number(answer.status) : 200;
	if (status >= 500) throw new Error(`${name} answers ${status}`);
	if (answer instanceof Response && status >= 400) {
		const text = await answer.text();
		const { reason } = (text === '' ? {} : JSON.parse(text)) as { reason?: string };
		if (reason !== undefined && !isMeant(reason)) throw new Error(`${name} says ${reason}`);
	}
	return status;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from './log.ts';
import type { Meters } from './meters.ts';

/** Scripts, styles, pictures of the build: answered before any route is looked for. */
const FILE = 'file';
/** An address at which there is nothing. */
const NO_ROUTE = 'none';
/** What a person can read to somebody else; a log is searched with it. */
const REFERENCE_CHARACTERS = 8;

interface Asked {
	id: string;
	route: string;
}

/** Which request is being answered: known to everything that runs for it, without being handed through. */
export interface RequestScope {
	/** Null outside of requests. */
	current(): string | null;
	run(asked: Asked, answer: () => void): void;
	asked(): Asked | undefined;
}

export function createRequestScope(): RequestScope {
	const scope = new AsyncLocalStorage<Asked>();
	return {
		current: () => scope.getStore()?.id ?? null,
		run: (asked, answer) => scope.run(asked, answer),
		asked: () => scope.getStore()
	};
}

export interface Requests {
	/**
	 * Answers a request under an id of its own, which the answer says in `X-Request-Id`; when it is over, one line and one
	 * count say what it was. What the request itself calls its id is not looked at: anybody can write that.
	 */
	answering(request: Pick<IncomingMessage, 'method'>, response: ServerResponse, answer: () => void): void;
	/** Says which route the request of right now was for; null where there is none. */
	isFor(route: string | null): void;
	/** By what somebody who saw an error can name it; null outside of requests. */
	reference(): string | null;
	/** The id of a socket, by the request it began with. */
	socketId(request: IncomingMessage): string;
}

/** `clock`: ms, never going back. */
export function createRequests(deps: {
	scope: RequestScope;
	log: Log;
	meters: Pick<Meters, 'answered'>;
	clock: () => number;
}): Requests {
	const { scope, log, meters, clock } = deps;
	const sockets = new WeakMap<IncomingMessage, string>();

	return {
		answering(request, response, answer) {
			const asked: Asked = { id: randomUUID(), route: FILE };
			const startedAt = clock();
			response.setHeader('X-Request-Id', asked.id);
			response.once('close', () => {
				const ms = clock() - startedAt;
				const { statusCode: status } = response;
				meters.answered(asked.route, status, ms / 1_000);
				log.debug(
					{
						...{ request: asked.id, method: request.method, route: asked.route, status },
						...{ ms: Math.round(ms), cut: !response.writableFinished }
					},
					'request answered'
				);
			});
			scope.run(asked, answer);
		},
		isFor(route) {
			const asked = scope.asked();
			if (asked) asked.route = route ?? NO_ROUTE;
		},
		reference: () => scope.current()?.slice(0, REFERENCE_CHARACTERS) ?? null,
		socketId(request) {
			const id = sockets.get(request) ?? randomUUID();
			sockets.set(request, id);
			return id;
		}
	};
}

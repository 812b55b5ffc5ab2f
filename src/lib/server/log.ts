import { pino, type DestinationStream } from 'pino';
import { loggedError } from './loggedError.ts';

/**
 * All that a line may say beside its sentence, and of what kind: whatever else is handed over is left out, so that a secret
 * needs a change on this page to get into a log (spec S7).
 */
export interface LogFields {
	/** Kept as `loggedError` says. */
	err?: unknown;
	/** Of the HTTP request that is being answered; also in the `X-Request-Id` of the answer. */
	request?: string;
	/** Of a tRPC socket. */
	socket?: string;
	/** What was done in the background. */
	duty?: string;
	/** A procedure, and its kind. */
	path?: string;
	type?: string;
	/** A page or file by its pattern; never a path, because paths hold tokens. */
	route?: string | null;
	method?: string;
	status?: number;
	/** How long it took. */
	ms?: number;
	/** Whoever asked was gone before the answer was whole. */
	cut?: boolean;
	/** Close code of a socket. */
	code?: number;
	/** A mail by its id, and of which kind it is. */
	mail?: string;
	kind?: string;
}

/** What the server needs of a logger. Sentences are constants: nothing is put into them. */
export interface Log {
	info(fields: LogFields, message: string): void;
	warn(fields: LogFields, message: string): void;
	error(fields: LogFields, message: string): void;
	debug(fields: LogFields, message: string): void;
}

const WORDS = ['request', 'socket', 'duty', 'path', 'type', 'route', 'method', 'mail', 'kind'] as const;
const FIGURES = ['status', 'ms', 'code'] as const;

/** `whose`: what each line says of what is being answered right now. `to`: standard output unless told otherwise. */
export function createLog(level: string, whose: () => LogFields = () => ({}), to?: DestinationStream): Log {
	const options = {
		level,
		// Process and machine are known to whoever reads a log.
		base: null,
		mixin: whose,
		// Ours below; pino's own would write down every property of an error.
		serializers: { err: (error: unknown) => error },
		formatters: { log: allowedOf }
	};
	return to ? pino(options, to) : pino(options);
}

function allowedOf(fields: Record<string, unknown>): Record<string, unknown> {
	const allowed: Record<string, unknown> = {};
	for (const name of WORDS) if (fields[name] !== undefined) allowed[name] = wordOf(fields[name]);
	for (const name of FIGURES) if (Number.isFinite(fields[name])) allowed[name] = fields[name];
	if (fields.cut === true) allowed.cut = true;
	if ('err' in fields) allowed.err = loggedError(fields.err);
	return allowed;
}

/** A name that the program gave to something; what people write has blanks and other signs in it, or is long. */
function wordOf(value: unknown): string | null {
	if (value === null) return null;
	return typeof value === 'string' && /^[\w./[\]()=-]{1,80}$/.test(value) ? value : '…';
}

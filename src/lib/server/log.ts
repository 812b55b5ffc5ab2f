import { pino } from 'pino';

/** What the server needs of a logger. Message texts, tokens, SDP and candidates never go in (spec S7). */
export interface Log {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
	debug(fields: object, message: string): void;
}

export function createLog(level: string): Log {
	return pino({
		level,
		redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token', '*.credential']
	});
}

/** What a log keeps of an error. */
export interface LoggedError {
	type: string;
	message: string;
	/** Of Node, of a database, of a protocol. */
	code?: string;
	/** The rule of the database that was broken, by its name. */
	constraint?: string;
	/** Where it came from, innermost first. */
	frames?: string[];
	cause?: LoggedError;
}

const CAUSES_MAX = 4;
const FRAMES_MAX = 12;
const MESSAGE_MAX = 300;
/** Longer ones are cut before anything is looked for in them. */
const LOOKED_AT = 1_000;

/**
 * An error as a log may keep it (spec S7): what kind it is and where it came from, whole; its message without what people,
 * databases and other servers put into messages – bound values, quoted texts, addresses, tokens, session descriptions.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
	if (!(error instanceof Error))
		return { type: typeof error, message: 'Something was thrown that is no error' };
	const { code, constraint, constraint_name: constraintName } = error as unknown as Record<string, unknown>;
	const frames = framesOf(error);
	return {
		type: plainWord(error.name) ?? 'Error',
		message: calmMessage(error),
		...named('code', plainWord(code)),
		...named('constraint', plainWord(constraintName ?? constraint)),
		...(frames.length > 0 && { frames }),
		...(error.cause instanceof Error && depth < CAUSES_MAX && { cause: loggedError(error.cause, depth + 1) })
	};
}

function named(key: string, word: string | null): Record<string, string> {
	return word === null ? {} : { [key]: word };
}

/** Kinds and codes are words of a program. */
function plainWord(value: unknown): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && /^[\w.-]{1,60}$/.test(text) ? text : null;
}

/** Lines that name a place in a program; a message may have lines too, and they name none. */
function framesOf({ stack = '', message }: Error): string[] {
	const begins = stack.indexOf(message);
	const after = begins < 0 ? stack : stack.slice(begins + message.length);
	return after
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => /^at (?:[^()@]{1,160} \()?[^()@?]{1,300}:\d+:\d+\)?$/.test(line))
		.slice(0, FRAMES_MAX)
		.map((line) => line.replace(/file:\/\//, ''));
}

function calmMessage({ name, message }: Error): string {
	const whole = message.slice(0, LOOKED_AT);
	// Drizzle says the statement, in which every value is a placeholder, and then the values.
	const statement = /^Failed query: ([\s\S]*?)(?:\n\s*params:|$)/.exec(whole)?.[1];
	if (statement !== undefined) return cut(`Failed query: ${withoutValues(statement)}`);
	// What the language itself complains about are names in our own program.
	const isOurs = /^(TypeError|ReferenceError)$/.test(name);
	return cut(withoutSecrets(isOurs ? whole : whole.replace(QUOTED, '“…”').replace(AFTER_KEY, '$1…)')));
}

const QUOTED = /"[^"]*"?|“[^”]*”?|`[^`]*`?|(?<![\p{L}\p{N}])'[^']*'?/gu;
/** Postgres: `Key (email)=(maya@…) already exists`. */
const AFTER_KEY = /(\)=\()[^)]*\)?/g;

/** A statement as we write it has none; one that somebody else made may. */
function withoutValues(statement: string): string {
	return withoutSecrets(statement.replace(/'(?:[^']|'')*'?/g, "'…'"));
}

function withoutSecrets(text: string): string {
	return (
		text
			// From here on everything is a description of a session or of a path to somebody (RFC 8866, RFC 8839).
			.replace(/(?:v=0\r?\n|\ba=|\bcandidate:)[\s\S]*/, '…')
			.replace(/\b([a-z][a-z0-9+.-]*):\/\/\S+/gi, '$1://…')
			.replace(/[^\s<>"'(]+@[^\s<>"')]+/g, '…@…')
			.replace(/\b(params|password|token|cookie|secret|authorization)\b\s*[:=][\s\S]*/i, '$1: …')
			// Ids, tokens, hashes: long, and not one word of a sentence.
			.replace(/[\w$+/=~-]{16,}/g, (word) => (/^[A-Za-z]+$/.test(word) && word.length < 40 ? word : '…'))
	);
}

function cut(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= MESSAGE_MAX ? line : `${line.slice(0, MESSAGE_MAX)}…`;
}

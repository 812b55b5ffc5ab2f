import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** A mistake of the person at the keyboard: shown as one sentence, without a stack. */
export class Mistake extends Error {
	override name = 'Mistake';
}

/** Runs a script's body; mistakes and wrong configuration end the process with their sentence and code 1. */
export async function main(body: () => Promise<void>): Promise<void> {
	try {
		await body();
	} catch (error) {
		const expected = error instanceof Error && ['Mistake', 'ConfigError'].includes(error.name);
		process.stderr.write(
			`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`
		);
		process.exit(1);
	}
}

/**
 * The values of `--name value` flags; every name must be in `known`, which describes each for the error message.
 * @throws Mistake
 */
export function readFlags<Name extends string>(
	args: string[],
	known: Record<Name, string>
): Partial<Record<Name, string>> {
	const names = Object.keys(known) as Name[];
	const usage = `Known flags: ${names.map((name) => `--${name} ${known[name]}`).join(', ')}.`;
	try {
		const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
		return parseArgs({ args: joined(args, names), options, strict: true, allowPositionals: false })
			.values as Partial<Record<Name, string>>;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) throw error;
		const given =
			/'(-[^' ]*)/.exec((error as Error).message)?.[1] ?? args.find((arg) => !arg.startsWith('-'));
		const why = code.includes('INVALID_OPTION_VALUE') ? 'needs a value' : 'is not known here';
		throw new Mistake(`${given} ${why}. ${usage}`);
	}
}

/** What follows a flag is its value, also when it begins with a dash, as an id may; only another flag is not. */
function joined(args: readonly string[], names: readonly string[]): string[] {
	const isFlag = (arg: string) => names.some((name) => arg === `--${name}` || arg.startsWith(`--${name}=`));
	const result: string[] = [];
	for (let place = 0; place < args.length; place += 1) {
		const [arg, next] = [args[place]!, args[place + 1]];
		if (!isFlag(arg) || arg.includes('=') || next === undefined || isFlag(next)) result.push(arg);
		else {
			result.push(`${arg}=${next}`);
			place += 1;
		}
	}
	return result;
}

/**
 * A number, fractions allowed.
 * @throws Mistake that names the flag
 */
export function readNumber(
	flag: string,
	text: string | undefined,
	{ fallback, least, most, whole = false }: { fallback: number; least: number; most: number; whole?: boolean }
): number {
	if (text === undefined) return fallback;
	const value = /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
	if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
	const kind = whole ? 'a whole number' : 'a number';
	throw new Mistake(`--${flag} must be ${kind} from ${least} to ${most} (it is “${text}”).`);
}

/** A path as the person meant it: from the folder where they typed it, also under `npm run`. */
export function userPath(path: string): string {
	return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/**
 * Asked before long work, so that nobody waits for a build to hear it.
 * @throws Mistake when something else listens there
 */
export async function requireFreePort(port: number, host: string, hint: string): Promise<void> {
	const probe = createServer();
	try {
		await new Promise<void>((done, fail) => probe.once('error', fail).listen(port, host, () => done()));
	} catch (error) {
		throw portMistake(error, port, hint);
	} finally {
		probe.close();
	}
}

/** What to say when listening failed. */
export function portMistake(error: unknown, port: number, hint: string): unknown {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'EADDRINUSE') return new Mistake(`Port ${port} is already in use. ${hint}`);
	if (code === 'EACCES') return new Mistake(`Port ${port} needs more rights than you have here. ${hint}`);
	return error;
}

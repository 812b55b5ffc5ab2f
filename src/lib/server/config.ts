import { join, resolve } from 'node:path';
import { z } from 'zod';

/** A wrong environment variable: `message` is one sentence that names it and says why. */
export class ConfigError extends Error {
	override name = 'ConfigError';
}

const urlList = (schemes: string) =>
	z
		.string()
		.transform((text) => text.split(/[\s,]+/).filter(Boolean))
		.refine((urls) => urls.every((url) => new RegExp(`^(${schemes}):[^\\s]+$`).test(url)), {
			message: `must be addresses that start with ${schemes.replaceAll('|', ': or ')}:, separated by commas`
		});

const wholeNumber = (least: number, most: number) =>
	z.coerce
		.number({ error: `must be a whole number from ${least} to ${most}` })
		.int(`must be a whole number from ${least} to ${most}`)
		.min(least, `must be at least ${least}`)
		.max(most, `must be at most ${most}`);

/** An address alone or after a name, on one line. */
const MAIL_FROM = /^(?:[^<>@\r\n]*<\s*[^\s<>@,;]+@[^\s<>@,;]+\s*>|[^\s<>@,;]+@[^\s<>@,;]+)$/;

/** Every environment variable, described where it is read. The README's table is held against this by a test. */
export const variables = {
	HOST: z.string().min(1).default('0.0.0.0').describe('Address to listen on'),
	PORT: wholeNumber(0, 65_535).default(3000).describe('Port to listen on'),
	ORIGIN: z
		.string()
		.refine(isOrigin, 'must be one address such as https://learn.example.org, without a path')
		.optional()
		.describe('The address people open, such as https://learn.example.org; `npm start` needs it'),
	TLS_CERT_FILE: z
		.string()
		.min(1)
		.optional()
		.describe('A certificate (PEM, with its chain) to serve HTTPS with, where no proxy does'),
	TLS_KEY_FILE: z.string().min(1).optional().describe('The key of that certificate (PEM)'),
	TRUSTED_PROXIES: wholeNumber(0, 10)
		.default(0)
		.describe('How many proxies stand in front and write `X-Forwarded-For`'),
	DATA_DIR: z.string().min(1).default('data').describe('Folder of everything that must be kept'),
	DATABASE_URL: z
		.string()
		.regex(/^postgres(ql)?:\/\/.+/, 'must be a postgres:// address')
		.optional()
		.describe('Postgres instead of the SQLite file in DATA_DIR'),
	PEERLEARN_SECRET: z
		.string()
		.min(32, 'must have at least 32 characters')
		.optional()
		.describe('Signs tickets and tokens; made once and kept in DATA_DIR when missing'),
	STUN_URLS: urlList('stuns?').default([]).describe('STUN servers, separated by commas; none by default'),
	TURN_URLS: urlList('turns?').default([]).describe('TURN servers, separated by commas; none by default'),
	TURN_SECRET: z
		.string()
		.min(1)
		.optional()
		.describe('Shared secret of the TURN servers (coturn’s `use-auth-secret`)'),
	TURN_TTL_SECONDS: wholeNumber(60, 86_400).default(3_600).describe('How long TURN credentials work'),
	PEER_SERVER_URL: z
		.string()
		.regex(/^https?:\/\/[^/\s]+\/?$/, 'must be an http:// or https:// address without a path')
		.optional()
		.describe('A PeerServer of its own (`npm run peer-server`) instead of the embedded one'),
	START_EARLY_MINUTES: wholeNumber(0, 1_440)
		.default(15)
		.describe('How long before the scheduled start the mentor may start'),
	ROOM_CAPACITY: wholeNumber(2, 8).default(4).describe('People with video in one room'),
	CURRENCY: z
		.string()
		.regex(/^[A-Z]{3}$/, 'must be a three-letter currency code such as EUR')
		.default('EUR')
		.describe('Currency of all prices (ISO 4217)'),
	PLATFORM_FEE_PERCENT: z
		.string()
		.regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a number from 0 to 100 with at most two decimals, such as 12.5')
		.transform(Number)
		.refine((percent) => percent <= 100, 'must be at most 100')
		.default(0)
		.describe('Part of each price that the platform keeps, in percent; at most two decimals'),
	RATING_REMINDER_MINUTES: wholeNumber(0, 10_080)
		.default(5)
		.describe('How long after the end a missing rating is asked for'),
	RATING_REVEAL_DAYS: wholeNumber(1, 365)
		.default(7)
		.describe('How many days after the end a rating is shown although the other one is missing'),
	RESOURCE_MAX_MB: wholeNumber(1, 2_000).default(25).describe('How large a handed-over file may be'),
	RESOURCES_MAX_MB_PER_SESSION: wholeNumber(1, 100_000)
		.default(200)
		.describe('How large the files of one session may be together'),
	CALLS_PER_SECOND: wholeNumber(1, 100_000)
		.default(60)
		.describe('How often a second one person may call one procedure; all together four times as often'),
	UPLOAD_HOURS: wholeNumber(1, 720)
		.default(48)
		.describe('How long an upload that broke off is kept, to be gone on with'),
	FILES_S3_ENDPOINT: z
		.string()
		.regex(/^https?:\/\/[^\s?#]+$/, 'must be an http:// or https:// address')
		.optional()
		.describe('An S3-compatible store that keeps all files instead of DATA_DIR'),
	FILES_S3_BUCKET: z
		.string()
		.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
		.optional()
		.describe('The bucket in it, used for nothing else'),
	FILES_S3_REGION: z.string().min(1).default('us-east-1').describe('The region that requests are signed for'),
	FILES_S3_KEY_ID: z.string().min(1).optional().describe('The id of the access key'),
	FILES_S3_SECRET: z.string().min(1).optional().describe('The secret of the access key'),
	SMTP_URL: z
		.string()
		.refine(
			isSmtp,
			'must be an address such as smtp://user:password@mail.example.org:587, or smtps:// for port 465'
		)
		.optional()
		.describe('The server that sends mails: `smtp://user:password@host:587` or `smtps://…`'),
	MAIL_FROM: z
		.string()
		.regex(MAIL_FROM, 'must be an address, or a name and an address such as PeerLearn <no-reply@example.org>')
		.optional()
		.describe('Whom mails come from, such as `PeerLearn <no-reply@example.org>`; SMTP_URL needs it'),
	METRICS_TOKEN: z
		.string()
		.regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 characters, without blanks')
		.optional()
		.describe('Bearer token for `/metrics`; without it only programs on this machine read it'),
	LOG_LEVEL: z
		.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
			error: 'must be fatal, error, warn, info, debug or silent'
		})
		.default('info')
		.describe('How much is logged')
};

const environment = z.object(variables);

/** Set by `npm run demo` and `npm run dev` for their own process. */
export const DEMO_VARIABLE = 'PEERLEARN_DEMO';

/** The validated settings of one process. Times in the unit their name says. */
export interface Config extends z.infer<typeof environment> {
	/** Absolute. */
	dataDir: string;
	/** `postgres://…` or the path of the SQLite file. */
	database: string;
	/** Where the folder `drizzle` is. */
	migrations: string;
	/** Where files are kept; null for DATA_DIR. */
	s3: { endpoint: string; bucket: string; region: string; keyId: string; secret: string } | null;
	/** How mails leave; null where they stay in the outbox. */
	mail: { url: string; from: string } | null;
	/** Development and the demo: everybody may read the outbox there. Set by their scripts, never by an operator. */
	isDemo: boolean;
}

/**
 * Reads and checks the environment. Empty variables count as missing.
 * @throws ConfigError for the first variable that is wrong
 */
export function readConfig(env: Record<string, string | undefined>, root = process.cwd()): Config {
	const given = Object.fromEntries(
		Object.keys(variables).flatMap((name) => (env[name] ? [[name, env[name]]] : []))
	);
	const parsed = environment.safeParse(given);
	if (!parsed.success) {
		const issue = parsed.error.issues[0]!;
		const name = String(issue.path[0]);
		// A secret or an address with a password in it does not belong on a screen or in a log.
		const shown = /SECRET|TOKEN|DATABASE|SMTP/.test(name) ? '' : ` (it is “${env[name]}”)`;
		throw new ConfigError(`${name} ${issue.message}${shown}.`);
	}
	const values = parsed.data;
	if (values.TURN_URLS.length > 0 && !values.TURN_SECRET)
		throw new ConfigError(
			'TURN_SECRET is missing: TURN_URLS is set, and its credentials are made from that secret.'
		);
	if (values.TURN_SECRET && values.TURN_URLS.length === 0)
		throw new ConfigError('TURN_URLS is missing: TURN_SECRET is set, but no TURN server to use it with.');
	for (const [given, missing] of [
		['TLS_CERT_FILE', 'TLS_KEY_FILE'],
		['TLS_KEY_FILE', 'TLS_CERT_FILE']
	] as const)
		if (values[given] && !values[missing])
			throw new ConfigError(`${missing} is missing: ${given} is set, and HTTPS needs both.`);
	if (values.RESOURCES_MAX_MB_PER_SESSION < values.RESOURCE_MAX_MB)
		throw new ConfigError('RESOURCES_MAX_MB_PER_SESSION is smaller than RESOURCE_MAX_MB, one file.');
	const dataDir = resolve(root, values.DATA_DIR);
	return {
		...values,
		ORIGIN: values.ORIGIN?.replace(/\/$/, ''),
		dataDir,
		database: values.DATABASE_URL ?? join(dataDir, 'peerlearn.sqlite'),
		migrations: join(root, 'drizzle'),
		s3: readS3(values),
		mail: readMail(values),
		isDemo: env[DEMO_VARIABLE] === '1'
	};
}

/** Whether people come over HTTPS: as their address says, be it by a proxy, or else by a certificate of our own. */
export function isServedSecurely({
	ORIGIN,
	TLS_CERT_FILE
}: Pick<Config, 'ORIGIN' | 'TLS_CERT_FILE'>): boolean {
	return ORIGIN === undefined ? TLS_CERT_FILE !== undefined : ORIGIN.startsWith('https:');
}

/** @throws ConfigError when only some of what belongs together is there */
function readS3(values: z.infer<typeof environment>): Config['s3'] {
	const { FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY_ID, FILES_S3_SECRET } = values;
	const together = { FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY_ID, FILES_S3_SECRET };
	const missing = Object.entries(together).find(([, value]) => value === undefined)?.[0];
	const given = Object.entries(together).find(([, value]) => value !== undefined)?.[0];
	if (!given) return null;
	if (!FILES_S3_ENDPOINT || !FILES_S3_BUCKET || !FILES_S3_KEY_ID || !FILES_S3_SECRET)
		throw new ConfigError(`${missing} is missing: ${given} is set, and a store of files needs both.`);
	return {
		endpoint: FILES_S3_ENDPOINT.replace(/\/+$/, ''),
		bucket: FILES_S3_BUCKET,
		region: values.FILES_S3_REGION,
		keyId: FILES_S3_KEY_ID,
		secret: FILES_S3_SECRET
	};
}

/** @throws ConfigError when only one of both is there */
function readMail({ SMTP_URL, MAIL_FROM }: z.infer<typeof environment>): Config['mail'] {
	if (!SMTP_URL && !MAIL_FROM) return null;
	if (!MAIL_FROM) throw new ConfigError('MAIL_FROM is missing: SMTP_URL is set, and mails need a sender.');
	if (!SMTP_URL)
		throw new ConfigError('SMTP_URL is missing: MAIL_FROM is set, but no server that would send mails.');
	return { url: SMTP_URL, from: MAIL_FROM };
}

function isSmtp(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, pathname, search, username, password } = new URL(text);
	const isWhole = /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '';
	return isWhole && (username === '') === (password === '');
}

function isOrigin(text: string): boolean {
	try {
		const url = new URL(text);
		return /^https?:$/.test(url.protocol) && (url.origin === text || `${url.origin}/` === text);
	} catch {
		return false;
	}
}

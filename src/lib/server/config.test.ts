import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, variables } from './config.ts';

describe('[O3] configuration', () => {
	test('an empty environment is fine and keeps everything in one folder', () => {
		const config = readConfig({}, '/srv/peerlearn');
		expect(config).toMatchObject({
			PORT: 3000,
			dataDir: '/srv/peerlearn/data',
			database: '/srv/peerlearn/data/peerlearn.sqlite',
			STUN_URLS: [],
			ROOM_CAPACITY: 4,
			PLATFORM_FEE_PERCENT: 0
		});
	});

	test('[F8] a fee has at most two decimals', () => {
		expect(readConfig({ PLATFORM_FEE_PERCENT: '12.55' }).PLATFORM_FEE_PERCENT).toBe(12.55);
		expect(readConfig({ PLATFORM_FEE_PERCENT: '0' }).PLATFORM_FEE_PERCENT).toBe(0);
	});

	test.each([
		[{ PORT: 'abc' }, /^PORT must be a whole number from 0 to 65535 \(it is “abc”\)\.$/],
		[{ PORT: '70000' }, /^PORT must be at most 65535/],
		[{ ORIGIN: 'learn.example.org' }, /^ORIGIN must be one address/],
		[{ ORIGIN: 'https://learn.example.org/room' }, /^ORIGIN must be one address/],
		[{ CURRENCY: 'euro' }, /^CURRENCY must be a three-letter/],
		[
			{ PLATFORM_FEE_PERCENT: '12.345' },
			/^PLATFORM_FEE_PERCENT must be a number from 0 to 100 with at most two/
		],
		[{ PLATFORM_FEE_PERCENT: '-1' }, /^PLATFORM_FEE_PERCENT must be a number from 0 to 100/],
		[{ PLATFORM_FEE_PERCENT: '100.01' }, /^PLATFORM_FEE_PERCENT must be at most 100 \(it is “100.01”\)\.$/],
		[{ STUN_URLS: 'stun.example.org' }, /^STUN_URLS must be addresses that start with stun/],
		[{ TURN_URLS: 'turn:a.example.org' }, /^TURN_SECRET is missing/],
		[{ TURN_SECRET: 'x' }, /^TURN_URLS is missing/],
		[{ PEERLEARN_SECRET: 'short' }, /^PEERLEARN_SECRET must have at least 32 characters/],
		[{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be fatal/],
		[{ RESOURCE_MAX_MB: '0' }, /^RESOURCE_MAX_MB must be at least 1/],
		[{ RESOURCE_MAX_MB: '300' }, /^RESOURCES_MAX_MB_PER_SESSION is smaller than RESOURCE_MAX_MB/],
		[{ FILES_S3_ENDPOINT: 's3.example.org' }, /^FILES_S3_ENDPOINT must be an http/],
		[{ FILES_S3_BUCKET: 'files' }, /^FILES_S3_ENDPOINT is missing: FILES_S3_BUCKET is set/],
		[{ FILES_S3_ENDPOINT: 'https://s3.test' }, /^FILES_S3_BUCKET is missing/],
		[{ FILES_S3_SECRET: 'never shown' }, /^(?!.*never shown)FILES_S3_ENDPOINT is missing/],
		[{ SMTP_URL: 'mail.example.org' }, /^SMTP_URL must be an address such as smtp:/],
		[{ SMTP_URL: 'http://mail.example.org' }, /^SMTP_URL must be an address such as smtp:/],
		[{ SMTP_URL: 'smtp://never:shown@mail.test/path' }, /^(?!.*never)(?!.*shown)SMTP_URL must be/],
		[{ SMTP_URL: 'smtp://user@mail.test', MAIL_FROM: 'a@x.test' }, /^SMTP_URL must be an address/],
		[{ SMTP_URL: 'smtp://mail.test' }, /^MAIL_FROM is missing: SMTP_URL is set/],
		[{ MAIL_FROM: 'a@x.test' }, /^SMTP_URL is missing: MAIL_FROM is set/],
		[{ MAIL_FROM: 'PeerLearn', SMTP_URL: 'smtp://mail.test' }, /^MAIL_FROM must be an address/],
		[{ MAIL_FROM: 'A <a@x.test>\r\nBcc: b@x.test', SMTP_URL: 'smtp://mail.test' }, /^MAIL_FROM must be/],
		[{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be a postgres/]
	])('%j is refused with a sentence', (env, sentence) => {
		expect(() => readConfig(env)).toThrow(ConfigError);
		expect(() => readConfig(env)).toThrow(sentence);
	});

	test('[A3] mails need a server and a sender; without both they stay here', () => {
		expect(readConfig({}).mail).toBeNull();
		const url = 'smtps://user:p%40ss@mail.example.org';
		for (const from of [
			'no-reply@example.org',
			'PeerLearn <no-reply@example.org>',
			'"Lessons, live" <a@b.test>'
		])
			expect(readConfig({ SMTP_URL: url, MAIL_FROM: from }).mail).toEqual({ url, from });
	});

	test('lists are split, a trailing slash is forgiven, empty means missing', () => {
		const config = readConfig({
			STUN_URLS: 'stun:a.example.org, stun:b.example.org:3478',
			ORIGIN: 'https://learn.example.org/',
			PORT: ''
		});
		expect(config.STUN_URLS).toEqual(['stun:a.example.org', 'stun:b.example.org:3478']);
		expect(config.ORIGIN).toBe('https://learn.example.org');
		expect(config.PORT).toBe(3000);
	});
});

test('[O5] the README names every variable with its default and its meaning', () => {
	// However wide the columns of the table are made.
	const readme = readFileSync('README.md', 'utf8').replace(/ {2,}/g, ' ');
	for (const [name, schema] of Object.entries(variables)) {
		const fallback = schema.safeParse(undefined);
		const value = fallback.success && fallback.data !== undefined ? String(fallback.data) : '';
		expect(readme).toContain(
			`| \`${name}\` |${value === '' ? '' : ` \`${value}\``} | ${schema.description} |`
		);
	}
});

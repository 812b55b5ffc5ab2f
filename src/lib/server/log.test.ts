import { expect, test } from 'vitest';
import { createLog, type LogFields } from './log.ts';

/** What a log writes, line by line. */
function openLog(whose?: () => LogFields) {
	const lines: string[] = [];
	const log = createLog('debug', whose, { write: (line) => void lines.push(line) });
	return { log, lines, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> };
}

test('[S7] a line says its fields, its sentence, and what is being answered', () => {
	const { log, last } = openLog(() => ({ request: 'r-1' }));
	log.info(
		{ route: '/session/[roomCode]', method: 'GET', status: 200, ms: 12, cut: false },
		'request answered'
	);
	expect(last()).toEqual({
		...{ level: 30, time: expect.any(Number), request: 'r-1', msg: 'request answered' },
		...{ route: '/session/[roomCode]', method: 'GET', status: 200, ms: 12 }
	});
	log.error({ err: new TypeError('x is not a function'), path: 'room.say' }, 'call failed');
	expect(last()).toMatchObject({
		level: 50,
		path: 'room.say',
		err: { type: 'TypeError', frames: expect.any(Array) }
	});
});

test('[S7] and nothing else, whatever is handed over', () => {
	const { log, lines } = openLog();
	const secret = 'Pl4nted secret';
	const careless = {
		...{
			password: secret,
			text: secret,
			cookie: secret,
			req: { headers: { cookie: secret } },
			user: { name: secret }
		},
		...{
			route: `/reset/${secret}`,
			path: secret,
			status: secret,
			ms: secret,
			mail: `${secret}@people.test`,
			kind: secret
		},
		err: Object.assign(new Error(`"${secret}"`), { params: [secret], detail: secret, [secret]: secret })
	} as unknown as LogFields;
	for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](careless, 'said');
	log.error(new Error(`"${secret}"`) as unknown as LogFields, 'said');
	log.error({ err: secret }, 'said');
	expect(lines).toHaveLength(6);
	expect(lines.join('')).not.toContain(secret);
	expect(lines.join('')).not.toContain('Pl4nted');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_MEDIA } from '../shared/live.ts';
import { healthWords, judge, type Health, type Signs } from './health.ts';
import type { PersonView } from './roomView.ts';

function person(userId: string, change: Partial<PersonView> = {}): PersonView {
	const seat = { userId, name: userId, role: 'learner', seatId: userId, arrival: 1, peerId: 'p' } as const;
	const calm = { trouble: null, silent: false, frozen: false, unheard: false } as const;
	const shown = {
		isMe: userId === 'me',
		call: 'connected',
		stream: null,
		handRaised: false,
		path: 'ready',
		relayed: false,
		...{ handRaisedAt: null, captions: null },
		...{ line: null, deviceTrouble: null, quality: null, videoPaused: false, speaking: false }
	} as const;
	return { ...seat, ...calm, ...shown, state: 'here', media: NO_MEDIA, ...change };
}

const SILENT = { silent: true, trouble: 'retrying' } as const;
const AWAY = { state: 'away', trouble: 'reconnecting' } as const;

function health(change: Partial<Signs>, ...others: PersonView[]): Health {
	return judge({
		...{ phase: { name: 'inRoom' }, online: true, connection: { name: 'live' }, peerServer: true },
		people: [person('me'), ...others],
		...change
	});
}

const lost = { connection: { name: 'reconnecting', attempt: 3 } } as const;

test.each<[string, Health, Partial<Health>]>([
	['all is well', health({}, person('a')), { name: 'fine', works: { chat: true, call: true } }],
	[
		'[T1] the server is away, the call goes on',
		health(lost, person('a')),
		{ name: 'socket', side: 'server' } as never
	],
	['the server is away, nobody else is there', health(lost), { name: 'socket', side: 'unknown' } as never],
	[
		'[T7] nothing gets through',
		health(lost, person('a', SILENT)),
		{ name: 'offline', works: { chat: false, call: false } }
	],
	['[T7] the browser says so', health({ online: false }, person('a')), { name: 'offline' }],
	['[M3] one call of one', health({}, person('a', SILENT)), { name: 'media', side: 'path' } as never],
	[
		'[M3] one call of two',
		health({}, person('a', SILENT), person('b')),
		{ name: 'media', side: 'theirs' } as never
	],
	[
		'[M3] both of two',
		health({}, person('a', SILENT), person('b', SILENT)),
		{ name: 'media', side: 'mine' } as never
	],
	[
		'[T4] they get nothing',
		health({}, person('a', { unheard: true })),
		{ name: 'media', works: { chat: true, call: true } }
	],
	[
		'[T4] theirs: the server lost them too',
		health({}, person('a', { ...SILENT, ...AWAY })),
		{ name: 'away' }
	],
	['[N4] new calls wait', health({ peerServer: false }, person('a')), { name: 'peerServer' }],
	['nobody to call', health({ peerServer: false }), { name: 'fine' }],
	[
		'[S2] signed out',
		health({ online: false, connection: { name: 'closed', reason: 'signed-out' } }),
		{ name: 'closed' }
	]
])('%s', (_, found, expected) => {
	expect(found).toMatchObject(expected);
});

const anyPerson = fc
	.record({
		silent: fc.boolean(),
		unheard: fc.boolean(),
		state: fc.constantFrom('here' as const, 'away' as const),
		call: fc.constantFrom('waiting' as const, 'connecting' as const, 'connected' as const)
	})
	.map((change) => ({ ...change, trouble: change.silent ? ('retrying' as const) : null }));

test('[T1] one loss never claims another: what works is said by its own sign alone', () => {
	fc.assert(
		fc.property(
			fc.array(anyPerson, { maxLength: 3 }),
			fc.boolean(),
			fc.boolean(),
			fc.constantFrom<Signs['connection']>({ name: 'live' }, { name: 'reconnecting', attempt: 1 }),
			(changes, online, peerServer, connection) => {
				const others = changes.map((change, index) => person(`p${index}`, change));
				const found = health({ online, peerServer, connection }, ...others);
				expect(found.works.chat).toBe(connection.name === 'live');
				expect(found.works.call).toBe(others.some(({ call, silent }) => call === 'connected' && !silent));
				if (found.name === 'fine')
					expect(others.some(({ silent, state }) => silent && state === 'here')).toBe(false);
			}
		)
	);
});

test('[M4] every trouble and its end have their words, once', () => {
	const fine = health({}, person('a'));
	const verdicts: Health[] = [
		health(lost, person('a')),
		health({}, person('a', SILENT)),
		health({}, person('a', AWAY))
	];
	const nameOf = () => 'Ana Lima';
	expect(verdicts.map((verdict) => healthWords(fine, verdict, nameOf)?.text)).toEqual([
		'Reconnecting…',
		'Network issue, retrying media',
		'Ana Lima is reconnecting'
	]);
	expect(verdicts.map((verdict) => healthWords(verdict, fine, nameOf)?.text)).toEqual([
		'Connected again',
		'Sound and picture are back',
		'Ana Lima is back'
	]);
	for (const verdict of verdicts) expect(healthWords(verdict, verdict, nameOf)).toBe(null);
	const two = health({}, person('a', AWAY), person('b', AWAY));
	expect(healthWords(fine, two, nameOf)?.text).toBe('Ana Lima and others are reconnecting');
});

import { expect, test } from 'vitest';
import type { CallTicket } from '../shared/roomState.ts';
import type { CallWays } from './callWays.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import type { ServerLink } from './ports.ts';
import { createTickets } from './tickets.ts';

const SERVER_AHEAD = 3_600_000;

/** A server whose tickets last `lasts` ms, and what the page did with them. */
function desk(lasts: number) {
	const clock = fakeClock();
	const opened: { at: number; ticket: CallTicket }[] = [];
	const needy = new Set<() => void>();
	const server = { down: false, asked: 0 };
	const link = {
		async callTicket(seatId: string): Promise<CallTicket> {
			server.asked += 1;
			if (server.down) throw { kind: 'lost' };
			const nth = server.asked;
			return {
				...{
					peerId: `${seatId}-${nth}`,
					token: `token-${nth}`,
					path: '/',
					host: null,
					port: null,
					secure: null
				},
				iceServers: [{ urls: ['turn:turn.test'], username: `${nth}`, credential: 'x' }],
				expiresAt: clock.now() + SERVER_AHEAD + lasts
			};
		}
	} as Pick<ServerLink, 'callTicket'> as ServerLink;
	const ways = {
		open: (ticket) => void opened.push({ at: clock.now(), ticket }),
		onNeedsTicket: (listener) => void needy.add(listener)
	} as Pick<CallWays, 'open' | 'onNeedsTicket'> as CallWays;
	const tickets = createTickets({ link, ways, clock, serverNow: () => clock.now() + SERVER_AHEAD });
	return { clock, opened, server, tickets, need: () => needy.forEach((ask) => ask()) };
}

test('[N5] fresh TURN credentials are there a minute before the old ones expire, on the server’s clock, without end', async () => {
	const { clock, opened, tickets } = desk(10 * 60_000);
	tickets.start('seat');
	await clock.advance(60 * 60_000);
	expect(opened.length).toBeGreaterThan(5);
	for (const [nth, { at }] of opened.slice(1).entries()) {
		const before = opened[nth]!.ticket.expiresAt - SERVER_AHEAD - at;
		expect(before).toBeGreaterThanOrEqual(60_000);
		expect(before).toBeLessThan(62_000);
	}
});

test('[N5] credentials that last a minute only are renewed three times in that minute', async () => {
	const { clock, opened, server, tickets } = desk(60_000);
	tickets.start('seat');
	await clock.advance(10 * 60_000);
	for (const [nth, { at }] of opened.slice(1).entries())
		expect(opened[nth]!.ticket.expiresAt - SERVER_AHEAD - at).toBeGreaterThan(30_000);
	expect(server.asked).toBeLessThanOrEqual(31);
});

test('[N5] while the server is away it is asked on; what it gives then is taken at once', async () => {
	const { clock, opened, server, tickets } = desk(10 * 60_000);
	tickets.start('seat');
	await clock.advance(1_000);
	server.down = true;
	await clock.advance(30 * 60_000);
	expect(opened).toHaveLength(1);
	server.down = false;
	await clock.advance(6_000);
	expect(opened).toHaveLength(2);
});

test('[N5] a ticket that was refused is replaced at once; after the end none is asked for', async () => {
	const { clock, opened, server, tickets, need } = desk(10 * 60_000);
	tickets.start('seat');
	await clock.advance(1_000);
	need();
	await clock.advance(1_000);
	expect(opened.map(({ ticket }) => ticket.peerId)).toEqual(['seat-1', 'seat-2']);
	tickets.stop();
	need();
	await clock.advance(60 * 60_000);
	expect(server.asked).toBe(2);
});

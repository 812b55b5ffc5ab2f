import { afterEach, expect, test, vi } from 'vitest';
import { createStandingWatch, type PeerStanding } from './standing.ts';
import { makeTicket, verifyTicket, type PeerTicket } from './ticket.ts';

const SECRET = 's'.repeat(32);
let now = 0;
let stop = () => undefined as void;
afterEach(() => stop());

const ticketOf = (peerId: string): PeerTicket => ({
	...{ peerId, sessionId: 'lesson', userId: `user of ${peerId}` },
	...{ loginKey: 'login', expiresAt: 1_000_000 }
});
const tokenOf = (peerId: string) => makeTicket(SECRET, ticketOf(peerId));

/** A watch over connections of these ids, and what the app would say of each. */
function open(ids: string[]) {
	now = 1_000;
	const standings = new Map<string, PeerStanding>(ids.map((id) => [id, 'seated']));
	const ended: string[] = [];
	const errors: unknown[] = [];
	const app = { answers: true };
	const watch = createStandingWatch({
		verifyTicket: (token) => verifyTicket(SECRET, token, now),
		async ask(tokens) {
			if (!app.answers) throw new Error('nobody there');
			return tokens.map((token) => standings.get(verifyTicket(SECRET, token, 0)!.peerId) ?? 'over');
		},
		now: () => now,
		onError: (error) => errors.push(error),
		askEvery: 1
	});
	stop = watch.watch({
		tickets: () => ids.filter((id) => !ended.includes(id)).map(ticketOf),
		disconnect: (fits) => ended.push(...ids.filter((id) => !ended.includes(id) && fits(ticketOf(id))))
	});
	return { watch, standings, ended, errors, app };
}
const relays = ({ watch }: ReturnType<typeof open>) => watch.mayRelay(ticketOf('a'), ticketOf('b'));

test('[S4] only what was looked at relays, only between seats, and a seat that was lost may come back', async () => {
	const opened = open(['a', 'b']);
	expect(relays(opened)).toBe(false);
	await Promise.all(['a', 'b'].map((id) => opened.watch.look(tokenOf(id))));
	expect(relays(opened)).toBe(true);
	opened.standings.set('b', 'unseated');
	await vi.waitFor(() => expect(relays(opened)).toBe(false));
	opened.standings.set('b', 'seated');
	await vi.waitFor(() => expect(relays(opened)).toBe(true));
	expect(opened.ended).toEqual([]);
});

test('[S4] [S2] what is over is disconnected and its ticket is not good any more', async () => {
	const { watch, standings, ended } = open(['a', 'b']);
	await watch.look(tokenOf('a'));
	expect(watch.verify(tokenOf('a'))).toMatchObject({ peerId: 'a' });
	standings.set('a', 'over');
	await vi.waitFor(() => expect(ended).toEqual(['a']));
	await watch.look(tokenOf('a'));
	expect(watch.verify(tokenOf('a'))).toBeNull();
	expect(watch.verify('made up')).toBeNull();
});

test('[T1] while nobody answers the last answer holds, for a minute; it is told once', async () => {
	const opened = open(['a', 'b']);
	const { watch, errors, app } = opened;
	await Promise.all(['a', 'b'].map((id) => watch.look(tokenOf(id))));
	app.answers = false;
	await vi.waitFor(() => expect(errors).toHaveLength(1));
	now += 59_000;
	expect(relays(opened)).toBe(true);
	now += 1_000;
	expect(relays(opened)).toBe(false);
	expect(errors).toHaveLength(1);
	app.answers = true;
	await vi.waitFor(() => expect(relays(opened)).toBe(true));
});

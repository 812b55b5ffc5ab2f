import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatView, foldChat, type Chat, type ChatEntry } from './chat.ts';
import { LIAM, MAYA } from './fakes/fakeLesson.ts';
import { foldOutbox, nextLetter, type Outbox, type OutboxEvent } from './outbox.ts';

function entry(seq: number, actorId = LIAM.userId): ChatEntry {
	const payload = { text: `message ${seq}` };
	return { seq, clientId: `id-${seq}`, at: seq * 1_000, actorId, type: 'chat.message', payload };
}

test('[T3] the same entries in any order, any number of times, give the same chat', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 80 }), (seqs) => {
			const chat = seqs.map((seq) => entry(seq)).reduce<Chat>(foldChat, []);
			const expected = [...new Set(seqs)].sort((a, b) => a - b);
			expect(chat.map(({ seq }) => seq)).toEqual(expected);
		})
	);
});

test('[T3] any interleaving of answers and log entries shows each message once, in the order of the log', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
			fc.array(fc.tuple(fc.nat(), fc.constantFrom('log', 'answer', 'lost')), { maxLength: 80 }),
			(mine, arrivals) => {
				let chat: Chat = [];
				let outbox: Outbox = mine.reduce<Outbox>(
					(box, seq) =>
						foldOutbox(box, { type: 'said', clientId: `id-${seq}`, text: `message ${seq}`, at: 0 }),
					[]
				);
				const shown = () => chatView(chat, outbox, LIAM, [LIAM, MAYA]).map(({ id }) => id);
				for (const [pick, how] of arrivals) {
					const seq = (pick % 20) + 1;
					const clientId = `id-${seq}`;
					const own = mine.includes(seq);
					if (how === 'lost') {
						outbox = foldOutbox(outbox, { type: 'sending', clientId });
						outbox = foldOutbox(outbox, { type: 'lost', clientId });
						continue;
					}
					if (how === 'answer' && !own) continue;
					chat = foldChat(chat, entry(seq, own ? LIAM.userId : MAYA.userId));
					if (own) outbox = foldOutbox(outbox, { type: 'stored', clientId });
					const ids = shown();
					expect(new Set(ids).size).toBe(ids.length);
					for (const said of mine) expect(ids).toContain(`id-${said}`);
				}
				const stored = chatView(chat, outbox, LIAM, [LIAM, MAYA]).filter(({ state }) => state === 'sent');
				const times = stored.map(({ at }) => at);
				expect(times).toEqual([...times].sort((a, b) => a - b));
			}
		)
	);
});

test('a message keeps its identity and its key from sending to stored', () => {
	const outbox = foldOutbox([], { type: 'said', clientId: 'id-4', text: 'message 4', at: 1 });
	const before = chatView([], outbox, LIAM, [LIAM]);
	const chat = foldChat([], entry(4));
	const after = chatView(chat, outbox, LIAM, [LIAM]);
	expect(before).toMatchObject([{ id: 'id-4', state: 'sending', mine: true }]);
	expect(after).toMatchObject([{ id: 'id-4', state: 'sent', mine: true, authorName: 'Liam Chen' }]);
	expect(chatView(chat, [], LIAM, [LIAM])[0]).toBe(after[0]);
});

test('[T3] the outbox sends one at a time and in the order of saying', () => {
	const events = fc.array(
		fc.record({
			type: fc.constantFrom('sending' as const, 'stored' as const, 'lost' as const),
			clientId: fc.constantFrom('a', 'b', 'c', 'd')
		})
	);
	fc.assert(
		fc.property(events, (list: OutboxEvent[]) => {
			let outbox: Outbox = ['a', 'b', 'c', 'd'].reduce<Outbox>(
				(box, clientId) => foldOutbox(box, { type: 'said', clientId, text: clientId, at: 0 }),
				[]
			);
			for (const event of list) {
				const next = nextLetter(outbox);
				if (event.type === 'sending' && event.clientId !== next?.clientId) continue;
				outbox = foldOutbox(outbox, event);
				expect(outbox.filter(({ state }) => state === 'sending').length).toBeLessThanOrEqual(1);
				const ids = outbox.map(({ clientId }) => clientId);
				expect(ids).toEqual([...ids].sort());
			}
		})
	);
});

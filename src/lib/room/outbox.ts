/** One chat message of this person that is not known to be stored. */
export interface Letter {
	/** The server stores one message a client id, so sending again is harmless. */
	clientId: string;
	text: string;
	/** Server time as estimated here when it was said, ms since the epoch. */
	at: number;
	/** `waiting` for its turn or for the connection; `sending`: no answer yet; `failed`: the server said no. */
	state: 'waiting' | 'sending' | 'failed';
	error: string | null;
}

/** In the order they were said. */
export type Outbox = readonly Letter[];

export type OutboxEvent =
	| { type: 'said'; clientId: string; text: string; at: number }
	| { type: 'sending'; clientId: string }
	/** Seen in the log or in an answer. */
	| { type: 'stored'; clientId: string }
	/** The connection went away: it may or may not be stored, so it is sent again. */
	| { type: 'lost'; clientId: string }
	| { type: 'refused'; clientId: string; error: string }
	/** The person wants it tried again; `newId` where the old one is taken by something else. */
	| { type: 'retry'; clientId: string; newId: string | null };

export function foldOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
	switch (event.type) {
		case 'said':
			return outbox.some((letter) => letter.clientId === event.clientId)
				? outbox
				: [
						...outbox,
						{ clientId: event.clientId, text: event.text, at: event.at, state: 'waiting', error: null }
					];
		case 'stored':
			return outbox.some((letter) => letter.clientId === event.clientId)
				? outbox.filter((letter) => letter.clientId !== event.clientId)
				: outbox;
		case 'sending':
			return changed(outbox, event.clientId, (letter) => ({ ...letter, state: 'sending' }));
		case 'lost':
			return changed(outbox, event.clientId, (letter) =>
				letter.state === 'sending' ? { ...letter, state: 'waiting' } : letter
			);
		case 'refused':
			return changed(outbox, event.clientId, (letter) => ({
				...letter,
				state: 'failed',
				error: event.error
			}));
		case 'retry':
			return changed(outbox, event.clientId, (letter) =>
				letter.state === 'failed'
					? { ...letter, clientId: event.newId ?? letter.clientId, state: 'waiting', error: null }
					: letter
			);
	}
}

/** The next one to send. One at a time, so that they are stored in the order they were said. */
export function nextLetter(outbox: Outbox): Letter | null {
	if (outbox.some((letter) => letter.state === 'sending')) return null;
	return outbox.find((letter) => letter.state === 'waiting') ?? null;
}

function changed(outbox: Outbox, clientId: string, change: (letter: Letter) => Letter): Outbox {
	return outbox.map((letter) => (letter.clientId === clientId ? change(letter) : letter));
}

/** How long the other side may take to answer a close frame, ms. */
const CLOSING_PATIENCE = 250;
/**
 * How long a connection may take to open, ms, try by try and again from the start. On a dead network a try hangs and
 * is found again by a resend after 1, 3, 7 s only, so most are short; slow networks get their time with the last.
 */
const OPENING_PATIENCE = [1_500, 1_500, 1_500, 8_000];
/** The same for a server that just answered a request: it is there, and if it is slow everybody is coming back at once. */
const ANSWERED_PATIENCE = 8_000;
/** A try younger than this may well be one that was made after the network came back, ms. */
const JUST_NOW = 250;
/** “Abnormal closure” (RFC 6455, 7.4.1). */
const ABNORMAL = 1006;

/**
 * WebSockets that say so when they are gone. On a dead network a browser reports the close only after about a
 * minute, because it waits for the other side's close frame, and a connection attempt may hang as long.
 * Made by a function, so that nothing needs the browser's class while this file is loaded.
 */
export function promptSockets(): {
	WebSocket: typeof WebSocket;
	/** The server is there: the next connection gets its time. */
	expectAnswer(): void;
	/** Gives up a connection that hangs while it opens. */
	giveUpOpening(): void;
} {
	let opening: { socket: WebSocket; since: number } | null = null;
	let tries = 0;
	let answered = false;

	class PromptWebSocket extends WebSocket {
		#closed = false;

		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			opening = { socket: this, since: performance.now() };
			// The first listener of all: the browser's own late event must not be heard a second time.
			this.addEventListener('close', (event) => {
				if (this.#closed) event.stopImmediatePropagation();
				this.#closed = true;
			});
			this.addEventListener('open', () => (tries = 0));
			const patience = answered ? ANSWERED_PATIENCE : OPENING_PATIENCE[tries++ % OPENING_PATIENCE.length];
			answered = false;
			setTimeout(() => {
				if (this.readyState === WebSocket.CONNECTING) this.close();
			}, patience);
		}

		/** What is given to a connection that is closing goes nowhere, and browsers complain about it on the console. */
		override send(data: Parameters<WebSocket['send']>[0]): void {
			if (this.readyState <= WebSocket.OPEN) super.send(data);
		}

		override close(code?: number, reason?: string): void {
			super.close(code, reason);
			setTimeout(() => {
				if (!this.#closed) this.dispatchEvent(new CloseEvent('close', { code: ABNORMAL }));
			}, CLOSING_PATIENCE);
		}
	}

	return {
		WebSocket: PromptWebSocket,
		expectAnswer() {
			answered = true;
		},
		giveUpOpening() {
			if (!opening || performance.now() - opening.since < JUST_NOW) return;
			if (opening.socket.readyState === WebSocket.CONNECTING) opening.socket.close();
		}
	};
}

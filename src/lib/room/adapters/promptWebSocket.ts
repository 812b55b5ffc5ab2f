/** How long the other side may take to answer a close frame, ms. */
const CLOSING_PATIENCE = 500;
/** How long a connection may take to open, ms. */
const OPENING_PATIENCE = 8_000;
/** “Abnormal closure” (RFC 6455, 7.4.1). */
const ABNORMAL = 1006;

/**
 * A WebSocket that says so when it is gone. On a dead network a browser reports the close only after about a
 * minute, because it waits for the other side's close frame, and a connection attempt may hang as long.
 * Made by a function, so that nothing needs the browser's class while this file is loaded.
 */
export function promptWebSocket(): typeof WebSocket {
	return class PromptWebSocket extends WebSocket {
		#closed = false;

		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			// The first listener of all: the browser's own late event must not be heard a second time.
			this.addEventListener('close', (event) => {
				if (this.#closed) event.stopImmediatePropagation();
				this.#closed = true;
			});
			setTimeout(() => {
				if (this.readyState === WebSocket.CONNECTING) this.close();
			}, OPENING_PATIENCE);
		}

		override close(code?: number, reason?: string): void {
			super.close(code, reason);
			setTimeout(() => {
				if (!this.#closed) this.dispatchEvent(new CloseEvent('close', { code: ABNORMAL }));
			}, CLOSING_PATIENCE);
		}
	};
}

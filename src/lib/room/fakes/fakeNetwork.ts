import type { Network } from '../ports.ts';

/** What the browser says about its network, as a test says it. */
export interface FakeNetwork extends Network {
	setOnline(online: boolean): void;
}

export function fakeNetwork(): FakeNetwork {
	const listeners = new Set<() => void>();
	let online = true;
	return {
		isOnline: () => online,
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		setOnline(next) {
			online = next;
			for (const listener of listeners) listener();
		}
	};
}

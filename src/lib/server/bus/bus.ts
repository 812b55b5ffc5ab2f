/** Carries messages between the connections of one installation. In-process; several servers will put theirs behind the same type. */
export interface Bus {
	/** Listeners run at once and in order; one that throws does not keep the message from the others. */
	publish(topic: string, message: unknown): void;
	/** Returns the way to stop listening. */
	subscribe(topic: string, listener: (message: unknown) => void): () => void;
}

/** The topic of a room (spec, “Words”). */
export function roomTopic(roomCode: string): string {
	return `sessions:${roomCode}`;
}

/** The topic of a room's whiteboard: apart, so that who follows the log is not woken by each stroke. */
export function boardTopic(roomCode: string): string {
	return `${roomTopic(roomCode)}:board`;
}

export function createBus(onListenerError: (error: unknown) => void): Bus {
	const topics = new Map<string, Set<(message: unknown) => void>>();
	return {
		publish(topic, message) {
			for (const listener of [...(topics.get(topic) ?? [])]) {
				try {
					listener(message);
				} catch (error) {
					onListenerError(error);
				}
			}
		},
		subscribe(topic, listener) {
			const listeners = topics.get(topic) ?? new Set();
			topics.set(topic, listeners);
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
			};
		}
	};
}

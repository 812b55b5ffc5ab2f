/** Wakes one waiting reader. A ring while nobody waits is remembered, many rings are one. */
export interface Bell {
	ring(): void;
	/** One reader at a time. */
	wait(): Promise<void>;
}

export function createBell(): Bell {
	let rung = false;
	let wake: (() => void) | null = null;
	return {
		ring() {
			rung = true;
			wake?.();
			wake = null;
		},
		async wait() {
			if (!rung) await new Promise<void>((resolve) => (wake = resolve));
			rung = false;
		}
	};
}

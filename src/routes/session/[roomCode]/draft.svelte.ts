/** What was typed and not sent. Kept for the tab: a reload or signing in again loses no word (spec T10). */
export interface Draft {
	text: string;
}

/** `userId`: another person who signs in in the same tab does not find it. `field`: where it was typed. */
export function createDraft(roomCode: string, userId: string, field: 'chat' | 'note' = 'chat'): Draft {
	const key = `peerlearn.draft.${roomCode}.${userId}${field === 'chat' ? '' : `.${field}`}`;
	let text = $state(remembered(key));
	return {
		get text() {
			return text;
		},
		set text(next) {
			text = next;
			try {
				if (next === '') sessionStorage.removeItem(key);
				else sessionStorage.setItem(key, next);
			} catch {
				// A browser that forbids storage only forgets it at the next reload.
			}
		}
	};
}

function remembered(key: string): string {
	try {
		return sessionStorage.getItem(key) ?? '';
	} catch {
		return '';
	}
}

/** What is typed about one person and not saved yet. */
export interface FeedbackDraft {
	/** 1 to 5, or null while nothing is chosen. */
	stars: number | null;
	comment: string;
	/** Null: not answered. */
	connectionToBlame: boolean | null;
}

/**
 * Kept for the tab, so that a reload, a failed save or the way from the room to its recap loses no word. By the id of the
 * person it is about; another person who signs in in the same tab does not find it.
 */
export interface FeedbackDrafts {
	of(personId: string): FeedbackDraft | null;
	/** Null forgets it. */
	keep(personId: string, draft: FeedbackDraft | null): void;
}

export function createFeedbackDrafts(roomCode: string, userId: string): FeedbackDrafts {
	const keyOf = (personId: string) => `peerlearn.feedback.${roomCode}.${userId}.${personId}`;
	return {
		of(personId) {
			try {
				return readDraft(JSON.parse(sessionStorage.getItem(keyOf(personId)) ?? 'null'));
			} catch {
				return null;
			}
		},
		keep(personId, draft) {
			try {
				if (draft) sessionStorage.setItem(keyOf(personId), JSON.stringify(draft));
				else sessionStorage.removeItem(keyOf(personId));
			} catch {
				// A browser that forbids storage only forgets it at the next reload.
			}
		}
	};
}

/** Storage is the person's: whatever it holds must not break the page. */
function readDraft(kept: unknown): FeedbackDraft | null {
	if (typeof kept !== 'object' || kept === null) return null;
	const { stars, comment, connectionToBlame } = kept as Record<string, unknown>;
	return {
		stars: typeof stars === 'number' && [1, 2, 3, 4, 5].includes(stars) ? stars : null,
		comment: typeof comment === 'string' ? comment : '',
		connectionToBlame: typeof connectionToBlame === 'boolean' ? connectionToBlame : null
	};
}

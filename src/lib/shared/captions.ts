/** Whether somebody's browser turns what they say into text. `cannot`: they would, and it has no way to. */
export const CAPTION_GIVING = ['no', 'yes', 'cannot'] as const;
export type CaptionGiving = (typeof CAPTION_GIVING)[number];

/** What somebody wants and does about captions. Null: nothing, and they have not been asked. */
export interface CaptionsChoice {
	/** They read captions, and ask the others to take part. */
	wanted: boolean;
	giving: CaptionGiving;
}

/** What somebody says, as it is understood so far. Kept nowhere. */
export interface Caption {
	/** Counts up on the speaker's page: a later text of the same utterance replaces the earlier one. */
	utterance: number;
	text: string;
	/** The utterance is over; nothing of it changes any more. */
	final: boolean;
}

/** Longer utterances go on as another one. */
export const CAPTION_MAX_CHARACTERS = 300;
/** Of one seat, a second; and how many may come at once after a pause. */
export const CAPTIONS_PER_SECOND = 5;
export const CAPTIONS_AT_ONCE = 15;

export function sameCaptionsChoice(a: CaptionsChoice | null, b: CaptionsChoice | null): boolean {
	if (a === null || b === null) return a === b;
	return a.wanted === b.wanted && a.giving === b.giving;
}

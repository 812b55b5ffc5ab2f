/** What somebody may show on their picture for a moment, each with its name for those who do not see it. */
export const REACTIONS = {
	thumbs: { sign: '👍', name: 'Thumbs up' },
	clap: { sign: '👏', name: 'Clapping' },
	party: { sign: '🎉', name: 'Celebration' },
	heart: { sign: '❤️', name: 'Heart' },
	laugh: { sign: '😂', name: 'Laughing' },
	think: { sign: '🤔', name: 'Thinking' }
} as const;

export type Reaction = keyof typeof REACTIONS;

export const REACTION_NAMES = Object.keys(REACTIONS) as [Reaction, ...Reaction[]];

/** Of one person, a second; and how many may come at once after a pause. */
export const REACTIONS_PER_SECOND = 2;
export const REACTIONS_AT_ONCE = 8;

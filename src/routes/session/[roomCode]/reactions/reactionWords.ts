import type { ReactionView } from '../../../../lib/room/reactions/createReactions.ts';
import { REACTIONS } from '../../../../lib/shared/reactions.ts';
import { firstName, namesInWords } from '../peopleWords.ts';

/**
 * What several reactions come to when they are read out together: “Liam: Thumbs up. Maya and Aisha: Clapping.” A
 * person who repeats themselves is named once.
 */
export function reactionWords(
	reactions: readonly Pick<ReactionView, 'userId' | 'reaction'>[],
	nameOf: (userId: string) => string
): string {
	const by = new Map<string, Set<string>>();
	for (const { reaction, userId } of reactions) {
		const { name } = REACTIONS[reaction];
		by.set(name, (by.get(name) ?? new Set()).add(firstName(nameOf(userId))));
	}
	return [...by].map(([name, people]) => `${namesInWords([...people])}: ${name}`).join('. ');
}

import type { Interruption } from '$lib/server/recap/lessonClock.ts';
import { isolated } from '../../../../lib/shared/isolated.ts';
import type { Member } from '../../../../lib/shared/roomState.ts';
import { LOCALE } from '../../../../lib/shared/language.ts';

const list = new Intl.ListFormat(LOCALE);

/** Who was missing and how: `Liam Chen’s connection was lost`. */
export function interruptionWords(
	{ cause, userIds }: Pick<Interruption, 'cause' | 'userIds'>,
	members: readonly Member[]
): string {
	const names = members.filter(({ userId }) => userIds.includes(userId)).map(({ name }) => isolated(name));
	const who = list.format(names);
	switch (cause) {
		case 'not-come':
			return `${who} had not come yet`;
		case 'left':
			return `${who} had left`;
		case 'removed':
			return `${who} had been removed from the session`;
		case 'lost':
			return names.length === 1 ? `${who}’s connection was lost` : `The connections of ${who} were lost`;
		case 'server-away':
			return 'The server was away';
	}
}

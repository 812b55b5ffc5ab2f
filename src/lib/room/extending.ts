import type { NextSession } from '../shared/nextSession.ts';
import { linkFailure } from './failures.ts';
import type { ServerLink } from './ports.ts';

/**
 * Asks for more time until the server has answered. Answers with whose next session it would run into: then nothing has
 * changed, and the mentor decides. Otherwise the list is empty; other refusals are told by `request`.
 */
export async function extendSession(
	deps: {
		link: Pick<ServerLink, 'extend'>;
		/** Repeats what was cut off. */
		request: (ask: () => Promise<void>) => Promise<void>;
		randomId: () => string;
	},
	minutes: number,
	overlapAccepted = false
): Promise<NextSession[]> {
	// One id for all tries: however often it is sent, it is one extension.
	const clientId = deps.randomId();
	let next: NextSession[] = [];
	await deps.request(async () => {
		try {
			await deps.link.extend(clientId, minutes, overlapAccepted);
		} catch (error) {
			const failure = linkFailure(error);
			if (failure.kind !== 'refused' || failure.reason !== 'overlaps-next') throw error;
			next = failure.next ?? [];
		}
	});
	return next;
}

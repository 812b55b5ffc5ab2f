import type { RoomView } from '../../../../lib/room/roomView.ts';
import type { MediaGate } from '../mediaGate.ts';

/** What the browser tells of its network; Safari and Firefox tell nothing. */
export interface NetworkHint {
	saveData?: boolean;
	/** As fast as this generation of mobile networks. */
	effectiveType?: string;
}

/**
 * Whether some hundred kilobytes beside the call hurt nobody now: a call was up, nothing is wrong, what is known of the
 * own line and of those to everybody else is good, and nobody asked for less data.
 */
export function mayPrefetch(
	gate: MediaGate,
	{ health, people, pausedFor }: Pick<RoomView, 'health' | 'people' | 'pausedFor'>,
	network: NetworkHint | undefined
): boolean {
	if (gate !== 'ready' || health.name !== 'fine' || pausedFor.length > 0) return false;
	if (network?.saveData === true || /^(slow-)?[23]g$/.test(network?.effectiveType ?? '')) return false;
	const mine = people.find((person) => person.isMe)?.quality ?? null;
	const isGood = (level: string) => level === 'excellent' || level === 'good';
	// Of one's own line something has to be known; calls that have just begun say nothing yet.
	return (
		mine !== null &&
		people.every(({ quality, videoPaused }) => !videoPaused && (quality === null || isGood(quality.level)))
	);
}

import type { Participant } from '../shared/live.ts';
import type { Calls } from './calls.ts';
import type { CallWays } from './callWays.ts';
import type { ClockSync } from './clockSync.ts';
import type { QualityWatch } from './qualityWatch.ts';
import type { RoomDetails } from './roomView.ts';

/** What “Connection details” shows now, from what is known anyway. */
export function roomDetails(from: {
	connection: RoomDetails['connection'];
	peerServer: boolean;
	others: readonly Participant[];
	sync: ClockSync;
	ways: CallWays;
	calls: Calls;
	quality: QualityWatch;
}): RoomDetails {
	const { connection, peerServer, others, sync, ways, calls, quality } = from;
	return {
		...{ connection, peerServer, serverTrip: sync.roundTrip(), iceServers: ways.iceServers() },
		relayOnly: ways.isRelayOnly(),
		calls: others.map(({ userId }) => ({
			userId,
			figures: quality.figuresOf(userId),
			...calls.factsOf(userId),
			sent: quality.sentTo(userId)
		}))
	};
}

import type { ClockSync } from './clockSync.ts';
import type { LocalMedia } from './mediaTypes.ts';
import type { Clock, Network } from './ports.ts';
import { othersOf } from './presence.ts';
import { createQualityWatch, type QualityWatch } from './qualityWatch.ts';
import type { ConnectionView } from './roomView.ts';
import type { Seat } from './seat.ts';

/** The quality watch of a page, with what it needs to know of everything else. */
export function watchQuality(from: {
	myUserId: string;
	clock: Clock;
	network: Network;
	sync: ClockSync;
	media: LocalMedia;
	seat: () => Seat;
	connection: () => ConnectionView;
}): QualityWatch {
	const { myUserId, clock, network, sync, media, seat, connection } = from;
	return createQualityWatch({
		now: clock.now,
		scene() {
			const { camera, screen } = media.media();
			return {
				...{ myUserId, others: othersOf(seat().participants(), myUserId), showing: camera || screen },
				...{ offline: !network.isOnline(), cutOff: connection().name === 'reconnecting' },
				serverTrip: sync.roundTrip()
			};
		}
	});
}

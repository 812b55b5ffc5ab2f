import type { TimeThere } from '../../shared/timeThere.ts';
import type { Row } from '../db/store.ts';

/** A reload, another tab, a network that was gone for a moment: nobody was away by that, ms. */
const SHORT_GAP_MS = 60_000;

/** One person's stays as the times they were there, earliest first. */
export function timesThere(
	stays: Pick<Row<'attendance'>, 'joinedAt' | 'leftAt' | 'heartbeatAt' | 'deviceTrouble'>[]
): TimeThere[] {
	const times: TimeThere[] = [];
	const all = stays
		.map((stay) => ({
			from: stay.joinedAt.getTime(),
			to: (stay.leftAt ?? stay.heartbeatAt).getTime(),
			deviceTrouble: stay.deviceTrouble
		}))
		.sort((a, b) => a.from - b.from);
	for (const stay of all) {
		const last = times.at(-1);
		if (!last || stay.from - last.to > SHORT_GAP_MS) times.push(stay);
		else {
			// Of two tabs at once the one that stayed longer says how it was.
			if (stay.to >= last.to) last.deviceTrouble = stay.deviceTrouble;
			last.to = Math.max(last.to, stay.to);
		}
	}
	return times;
}

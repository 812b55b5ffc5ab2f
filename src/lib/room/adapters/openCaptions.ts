import { createCaptions, type Captions } from '../captions/createCaptions.ts';
import type { CompanyLink } from '../hosting/companyLink.ts';
import type { Clock, Storage } from '../ports.ts';
import type { Room } from '../roomView.ts';
import { browserSpeech } from './browserSpeech.ts';

/** The captions of this page, with the browser's recogniser behind them. Browser only. */
export function openCaptions(deps: {
	room: Room;
	link: CompanyLink;
	clock: Clock;
	storage: Storage;
	place: string;
}): Captions {
	const { room, ...rest } = deps;
	return createCaptions({
		...rest,
		// What somebody speaks is more likely their own language than that of the page.
		recogniser: browserSpeech(navigator.language),
		room: {
			isInRoom: () => room.view().phase.name === 'inRoom',
			people: () => room.view().people,
			choice: () => room.view().captions,
			setChoice: room.setCaptions,
			subscribe: (listener) => room.subscribe(listener)
		}
	});
}

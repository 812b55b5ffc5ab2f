import type { CaptionsChoice } from '../shared/captions.ts';
import type { RoomState } from '../shared/roomState.ts';
import type { LocalMedia } from './mediaTypes.ts';
import { createHosting, type Hosting } from './hosting/createHosting.ts';
import { watchPlaces } from './hosting/placeWatch.ts';
import type { Ports } from './ports.ts';
import { createReactions } from './reactions/createReactions.ts';
import type { Room, RoomNotice, RoomView } from './roomView.ts';
import type { Seat } from './seat.ts';
import type { Stay } from './stay.ts';

/** What people in the room do to each other: the mentor's requests, removals, reactions, who takes part in captions. */
export interface Company extends Pick<Hosting, 'event' | 'restart' | 'hear'> {
	view(): Pick<RoomView, 'removed' | 'reactions'>;
	/** One's own part of what the server tells the others. */
	captions(): CaptionsChoice | null;
	handRaised(): boolean;
	commands: Pick<Room, 'raiseHand' | 'react' | 'setCaptions' | 'hosting'>;
	/** Who is there may have changed: a full room may have a place. */
	look(): void;
	/** The seat is given up: what was chosen for it is too. */
	letGo(): void;
	stop(): void;
}

export function createCompany(deps: {
	ports: Pick<Ports, 'link' | 'clock' | 'randomId'>;
	initial: Pick<RoomState, 'me' | 'capacity'>;
	seat: Seat;
	stay: Stay;
	media: LocalMedia;
	session: () => RoomState['session'];
	request: (ask: () => Promise<void>) => Promise<void>;
	mute: () => void;
	tell: (kind: RoomNotice['kind'], text: string) => void;
	onChange: () => void;
}): Company {
	const { ports, initial, seat, stay, media, session, request, mute, tell, onChange } = deps;
	const { clock, randomId } = ports;
	const link = ports.link.company;
	const { me, capacity } = initial;
	let captions: CaptionsChoice | null = null;
	let handRaised = false;

	function raiseHand(raised: boolean): void {
		handRaised = raised;
		seat.publish();
		onChange();
	}

	const reactions = createReactions({ link, clock, myUserId: me.userId, seatId: seat.id, onChange });
	const { commands, removed, event, restart, hear } = createHosting({
		...{ link, clock, randomId, me, request, tell, onChange },
		...{ members: () => session().members, participants: seat.participants, seatId: seat.id },
		own: {
			...{ isHeard: () => media.media().microphone, mute },
			...{ isHandRaised: () => handRaised, lowerHand: () => raiseHand(false) }
		}
	});
	const places = watchPlaces({
		...{ me, capacity, clock, phase: stay.phase },
		participants: () => (seat.hasHeard() ? seat.participants() : null),
		onPlace() {
			stay.move({ type: 'return', session: session() });
			tell('info', 'A place is free: you are in, with microphone and camera off.');
		}
	});

	return {
		...{ event, restart, hear, look: places.look },
		view: () => ({ removed: removed(), reactions: reactions.shown() }),
		captions: () => captions,
		handRaised: () => handRaised,
		commands: {
			raiseHand,
			react: reactions.react,
			hosting: commands,
			setCaptions(choice) {
				captions = choice;
				seat.publish();
				onChange();
			}
		},
		letGo() {
			captions = null;
			handRaised = false;
		},
		stop() {
			places.stop();
			reactions.stop();
		}
	};
}

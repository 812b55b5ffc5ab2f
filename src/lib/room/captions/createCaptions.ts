import { sameCaptionsChoice, type CaptionGiving, type CaptionsChoice } from '../../shared/captions.ts';
import type { CompanyLink } from '../hosting/companyLink.ts';
import type { Clock, Stop, Storage } from '../ports.ts';
import { requestRetry } from '../retryPolicy.ts';
import type { PersonView } from '../roomView.ts';
import { createViewFeed } from '../viewFeed.ts';
import { captionText, foldCaption, freshLines, type CaptionLine } from './captionLines.ts';
import { keepChoice, keptChoice } from './keptChoice.ts';
import type { SpeechEnd, SpeechRecogniser } from './recogniser.ts';

/** What one's own recogniser does. `paused`: muted; `off`: also while nobody reads; `waiting`: its service is not reached. */
export type OwnSpeech = 'off' | 'listening' | 'paused' | 'waiting' | 'denied' | 'failed';

export interface CaptionsState {
	/** One's own, as the others are told. */
	choice: CaptionsChoice;
	/** Whether this browser can turn speech into text. */
	canGive: boolean;
	own: OwnSpeech;
	/** What was said last, oldest first; empty for those who do not read. */
	lines: readonly CaptionLine[];
	/** Who has asked for captions and waits for this person's answer: user ids. */
	askedBy: string[];
}

/**
 * Live captions by whoever takes part: each browser hears its own microphone only, after its owner agreed, and only
 * while somebody reads. Nothing of it is kept.
 */
export interface Captions {
	state(): CaptionsState;
	/** Calls at once and at each change. */
	subscribe(listener: (state: CaptionsState) => void): Stop;
	/** Reads captions and asks the others to take part; or not any more. */
	read(wanted: boolean): void;
	/** Takes part, or not. */
	give(giving: boolean): void;
	close(): void;
}

/** What captions need of the room. */
export interface CaptionsRoom {
	isInRoom(): boolean;
	people(): readonly Pick<PersonView, 'userId' | 'seatId' | 'isMe' | 'media' | 'captions'>[];
	choice(): CaptionsChoice | null;
	setChoice(choice: CaptionsChoice): void;
	/** Calls at each change of these. */
	subscribe(listener: () => void): Stop;
}

const NOTHING: CaptionsChoice = { wanted: false, giving: 'no' };
/** Between two texts of one utterance, ms: the server takes five a second. */
const PACE = 300;
const LOOK_EVERY = 500;

export function createCaptions(deps: {
	link: Pick<CompanyLink, 'caption' | 'onPassed'>;
	clock: Clock;
	storage: Storage;
	/** Where the choice is kept as long as the tab lives. */
	place: string;
	room: CaptionsRoom;
	recogniser: SpeechRecogniser | null;
}): Captions {
	const { link, clock, storage, place, room, recogniser } = deps;
	const feed = createViewFeed(compute, clock);
	let lines: readonly CaptionLine[] = [];
	let own: OwnSpeech = 'off';
	let stopListening: Stop | null = null;
	let stopRetry: Stop | null = null;
	let attempt = 0;
	let utterance = 1;
	/** Understood and not sent yet. */
	let pending: string | null = null;
	let stopPacing: Stop | null = null;

	const stops: Stop[] = [
		link.onPassed((message) => {
			if (message.type !== 'caption' || !choice().wanted) return;
			const from = { userId: message.fromUserId, seatId: message.fromSeatId };
			setLines(foldCaption(lines, from, message.caption, clock.now()));
		}),
		clock.every(LOOK_EVERY, () => setLines(freshLines(lines, clock.now()))),
		room.subscribe(apply)
	];
	apply();

	function choice(): CaptionsChoice {
		return room.choice() ?? NOTHING;
	}

	function choose(next: CaptionsChoice): void {
		keepChoice(storage, place, next);
		if (!next.wanted) lines = [];
		if (room.isInRoom() && !sameCaptionsChoice(room.choice(), next)) room.setChoice(next);
		apply();
	}

	function readers(): boolean {
		return choice().wanted || room.people().some((person) => !person.isMe && person.captions?.wanted);
	}

	/** Makes what is done fit what is chosen and who is there. */
	function apply(): void {
		if (room.isInRoom() && room.choice() === null) {
			const kept = keptChoice(storage, place);
			if (kept?.giving === 'yes' && !recogniser) kept.giving = 'cannot';
			// Known at once: nobody has to be asked whether they would.
			const cannot: CaptionsChoice | null =
				recogniser || !readers() ? null : { ...NOTHING, giving: 'cannot' };
			const next = kept ?? cannot;
			if (next) return room.setChoice(next);
		}
		const gives = room.isInRoom() && choice().giving === 'yes' && recogniser !== null;
		const isHeard = room.people().some((person) => person.isMe && person.media.microphone);
		if (gives && isHeard && readers()) listen();
		else {
			hush();
			if (own !== 'denied' && own !== 'failed') own = gives && readers() ? 'paused' : 'off';
		}
		feed.changed();
	}

	function listen(): void {
		if (stopListening || stopRetry || !recogniser) return;
		// It will not: that one gives no captions any more has not gone round yet.
		if (own === 'denied' || own === 'failed') return;
		own = 'listening';
		stopListening = recogniser.listen({ onText, onEnd });
	}

	function hush(): void {
		stopListening?.();
		stopListening = null;
		stopRetry?.();
		stopRetry = null;
		stopPacing?.();
		stopPacing = null;
		if (pending !== null) send(pending, true);
	}

	function onEnd(end: SpeechEnd): void {
		stopListening = null;
		if (pending !== null) send(pending, true);
		if (end === 'denied' || end === 'failed') {
			own = end;
			return choose({ ...choice(), giving: 'cannot' });
		}
		if (end === 'unreachable') own = 'waiting';
		const delay = requestRetry(attempt);
		attempt += 1;
		stopRetry = clock.after(delay, () => {
			stopRetry = null;
			apply();
		});
		feed.changed();
	}

	function onText(heard: string, final: boolean): void {
		attempt = 0;
		own = 'listening';
		const text = captionText(heard);
		if (text === '') return;
		if (final) return send(text, true);
		pending = text;
		stopPacing ??= clock.after(PACE, () => {
			stopPacing = null;
			if (pending !== null) send(pending, false);
		});
	}

	function send(text: string, final: boolean): void {
		pending = null;
		const me = room.people().find((person) => person.isMe);
		if (!me) return;
		const caption = { utterance, text, final };
		if (final) {
			utterance += 1;
			stopPacing?.();
			stopPacing = null;
		}
		if (choice().wanted) setLines(foldCaption(lines, me, caption, clock.now()));
		link.caption({ seatId: me.seatId, caption }).catch(() => undefined);
	}

	function setLines(next: readonly CaptionLine[]): void {
		if (next === lines) return;
		lines = next;
		feed.changed();
	}

	function compute(): CaptionsState {
		const asks = room.choice() === null && recogniser !== null && room.isInRoom();
		return {
			...{ choice: choice(), canGive: recogniser !== null, own, lines },
			askedBy: asks
				? room.people().flatMap(({ isMe, userId, captions }) => (!isMe && captions?.wanted ? [userId] : []))
				: []
		};
	}

	return {
		state: feed.view,
		subscribe: feed.subscribe,
		read: (wanted) => choose({ ...choice(), wanted }),
		give(gives) {
			if (gives) own = 'off';
			const giving: CaptionGiving = gives ? (recogniser ? 'yes' : 'cannot') : 'no';
			choose({ ...choice(), giving });
		},
		close() {
			hush();
			stops.forEach((stop) => stop());
		}
	};
}

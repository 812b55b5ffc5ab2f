import type { MediaState, Participant } from '../shared/live.ts';
import type { CallView, PersonView } from './roomView.ts';

/** What this page wants the others to know about its seat. */
export interface SeatTruth {
	peerId: string | null;
	media: MediaState;
	handRaised: boolean;
}

/** What is known of the call with one other person. */
export interface CallPicture {
	call: CallView;
	stream: MediaStream | null;
}

export function ownSeat(participants: readonly Participant[], seatId: string): Participant | null {
	return participants.find((person) => person.seatId === seatId) ?? null;
}

/** Everybody else: a second seat of the same person is not another person. */
export function othersOf(participants: readonly Participant[], myUserId: string): Participant[] {
	return participants.filter((person) => person.userId !== myUserId);
}

export function sameMedia(a: MediaState, b: MediaState): boolean {
	return a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}

/** Whether the server knows this seat as it is. */
export function isPublished(seat: SeatTruth, truth: SeatTruth): boolean {
	return (
		seat.peerId === truth.peerId && seat.handRaised === truth.handRaised && sameMedia(seat.media, truth.media)
	);
}

/**
 * The people as the page shows them, earliest arrival first. One's own states come from here and not from the
 * server's echo, so that buttons answer at once.
 */
export function peopleView(
	participants: readonly Participant[],
	myUserId: string,
	truth: SeatTruth,
	callOf: (userId: string) => CallPicture
): PersonView[] {
	return [...participants]
		.sort((a, b) => a.arrival - b.arrival)
		.map((person) =>
			person.userId === myUserId
				? { ...person, ...truth, isMe: true, call: 'waiting', stream: null }
				: { ...person, isMe: false, ...callOf(person.userId) }
		);
}

/** See `RoomView.mediaReady`. */
export function isMediaReady(people: readonly PersonView[], myPeerId: string | null): boolean {
	const others = people.filter((person) => !person.isMe);
	return others.length === 0 ? myPeerId !== null : others.some((person) => person.call === 'connected');
}

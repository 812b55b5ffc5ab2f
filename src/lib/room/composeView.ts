import { judge } from './health.ts';
import { isMediaReady, peopleView, type CallPicture, type SeatTruth } from './presence.ts';
import type { QualityWatch } from './qualityWatch.ts';
import type { Participant } from '../shared/live.ts';
import type { Levels } from './levels/createLevels.ts';
import type { RoomView } from './roomView.ts';

const NO_CALL = {
	...({ call: 'waiting', stream: null, silentSince: null, frozen: false, heard: true } as const),
	relayed: null
};

/** Everything the page shows, put together from what the machines know. */
export function composeView(
	parts: Pick<
		RoomView,
		| ('phase' | 'connection' | 'session' | 'me' | 'devices' | 'chat' | 'notices' | 'ending')
		| ('taught' | 'removed' | 'reactions')
	> & {
		truth: SeatTruth;
		participants: readonly Participant[];
		pictureOf: (userId: string) => CallPicture;
		quality: QualityWatch;
		levels: Pick<Levels, 'isSpeaking' | 'speaksMuted'>;
		online: boolean;
		/** Local time, ms. */
		now: number;
	}
): RoomView {
	const { phase, connection, session, me, devices, chat, notices, ending } = parts;
	const { taught, removed, reactions } = parts;
	const { truth, participants, quality, levels, online, now } = parts;
	// What is rehearsed in the lobby is no call yet: nobody is seen, and nothing is wrong with anybody.
	const pictureOf = (userId: string): CallPicture =>
		phase.name === 'inRoom' ? parts.pictureOf(userId) : { ...NO_CALL, path: parts.pictureOf(userId).path };
	const { mine, theirs } = quality.judge((userId) => pictureOf(userId).silentSince !== null);
	const qualityOf = (userId: string) => (userId === me.userId ? mine : (theirs.get(userId) ?? null));
	const own = { userId: me.userId, truth, isConnected: connection.name === 'live' };
	const people = peopleView(participants, own, pictureOf, qualityOf, now).map((person) => ({
		...person,
		// What was heard last says nothing while nothing comes.
		speaking: person.trouble === null && levels.isSpeaking(person.userId)
	}));
	const peerServer = truth.peerId !== null;
	return {
		...{ phase, connection, session, me, people, devices, chat, notices, ending },
		...{ taught, removed, reactions, captions: truth.captions },
		...{ media: truth.media, handRaised: truth.handRaised, pausedFor: quality.pausedFor() },
		speaksMuted: levels.speaksMuted(),
		health: judge({ phase, online, connection, peerServer, people }),
		mediaReady: isMediaReady(people, truth.peerId)
	};
}

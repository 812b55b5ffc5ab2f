import type { Participant } from '../../shared/live.ts';
import type { LocalMedia } from '../mediaTypes.ts';
import type { Clock, LevelSource, Stop } from '../ports.ts';
import { foldHint, NO_HINT } from './mutedHint.ts';
import { foldSpeaking, type Speaking } from './speaking.ts';

/** Between two looks, ms. */
const EVERY = 100;

/** Who speaks: the others by what comes from them, oneself by the microphone, muted or not. */
export interface Levels {
	isSpeaking(userId: string): boolean;
	/** This person speaks while muted, and should be told now. */
	speaksMuted(): boolean;
	/** Devices, people or the place have changed. */
	update(): void;
	/** One's own level at each look, also where nobody else is. */
	watch(listener: (level: number | null) => void): Stop;
	stop(): void;
}

/** What levels are made of. */
export interface LevelDeps {
	measure: (track: MediaStreamTrack) => LevelSource;
	clock: Clock;
	media: Pick<LocalMedia, 'microphone' | 'view'>;
	myUserId: string;
	/** Those in the room with this page; empty outside of it. */
	others: () => readonly Participant[];
	heardLevel: (userId: string) => number;
	onChange: () => void;
}

export function createLevels(deps: LevelDeps): Levels {
	const { measure, clock, media, myUserId, others, heardLevel, onChange } = deps;
	let people = new Map<string, Speaking>();
	let hint = NO_HINT;
	let own: { track: MediaStreamTrack; source: LevelSource } | null = null;
	const watchers = new Set<(level: number | null) => void>();
	let stopTicking: Stop | null = null;

	function measureOwn(track: MediaStreamTrack | null): void {
		if (own?.track === track) return;
		own?.source.stop();
		own = track && { track, source: measure(track) };
		people.delete(myUserId);
	}

	function update(): void {
		const isWanted = watchers.size > 0 || others().length > 0;
		measureOwn(isWanted ? media.microphone() : null);
		if (isWanted) {
			stopTicking ??= clock.every(EVERY, look);
			return;
		}
		stopTicking?.();
		stopTicking = null;
		people = new Map();
		hint = NO_HINT;
	}

	/** What the page shows of all this. */
	function shown(): string {
		const speaking = [...people].filter(([, { speaking }]) => speaking).map(([userId]) => userId);
		return `${speaking.sort().join(' ')} ${hint.shown}`;
	}

	function look(): void {
		const before = shown();
		const at = clock.now();
		const level = own?.source.level() ?? null;
		const next = new Map<string, Speaking>();
		next.set(myUserId, foldSpeaking(people.get(myUserId) ?? null, level ?? 0, at));
		for (const { userId, media: theirs } of others()) {
			const heard = theirs.microphone ? heardLevel(userId) : 0;
			next.set(userId, foldSpeaking(people.get(userId) ?? null, heard, at));
		}
		people = next;
		const muted = media.view().microphone.name === 'muted' && others().length > 0;
		hint = foldHint(hint, { muted, speaking: people.get(myUserId)?.speaking ?? false, at });
		for (const watcher of watchers) watcher(level);
		if (shown() !== before) onChange();
	}

	return {
		isSpeaking(userId) {
			if (userId === myUserId && media.view().microphone.name !== 'on') return false;
			return people.get(userId)?.speaking ?? false;
		},
		speaksMuted: () => hint.shown && media.view().microphone.name === 'muted',
		update,
		watch(listener) {
			watchers.add(listener);
			update();
			return () => {
				watchers.delete(listener);
				update();
			};
		},
		stop() {
			watchers.clear();
			measureOwn(null);
			stopTicking?.();
			stopTicking = null;
		}
	};
}

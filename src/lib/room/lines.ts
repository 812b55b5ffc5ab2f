import { hasMedia, hasPicture } from './firstMedia.ts';
import {
	flowOf,
	isHeard,
	sampleOf,
	SAMPLE_EVERY,
	watchMedia,
	type Flow,
	type MediaWatch
} from './mediaWatch.ts';
import type { Clock, MediaCall, Stop } from './ports.ts';
import { track, type FigureTrack } from './qualityFigures.ts';
import { isRelayed } from './relay.ts';

/** Somebody without a camera sends no picture after the start, ms. */
const PICTURE_PATIENCE = 300;
/** How often a new call is asked whether it shows something yet, ms. */
const MEDIA_POLL = 60;

/** One running call with everything that has to stop with it. */
export interface Line {
	call: MediaCall;
	stream: MediaStream | null;
	/** Something came in: pictures or sound, or before the lesson the blackness that the path is rehearsed with. */
	hasMedia: boolean;
	/** Something of the lesson was seen or heard. */
	shows: boolean;
	/** What comes in, since something came. */
	flow: Flow;
	/** The other side says that it gets something from here. */
	heard: boolean;
	/** How well it goes; null before the first look. */
	track: FigureTrack | null;
	/** The newest statistics. */
	report: RTCStatsReport | null;
	/** By a TURN server; null until it is known. */
	relayed: boolean | null;
}

/** The running calls of a page, each watched from its first picture on. */
export interface Lines {
	open(call: MediaCall): void;
	get(callId: number): Line | undefined;
	all(): Line[];
	/** The lesson is on: from now on pictures come, and all that is known of a call is how it was before them. */
	begin(): void;
	/** Runs unless the call ends before. */
	after(callId: number, ms: number, run: () => void): void;
	close(callId: number): void;
	closeAll(): void;
}

export function createLines(deps: {
	clock: Clock;
	onStream: () => void;
	onMedia: (callId: number) => void;
	/** A call that stood before the lesson shows something, or its path has become another. */
	onChange: () => void;
	/** Only when it turns to another kind. */
	onFlow: (callId: number, flow: Flow) => void;
	/** After each look at a call that has shown something. */
	onLook: (line: Line) => void;
	/** `alreadyClosed`: by the other side or the network. */
	onFailed: (callId: number, alreadyClosed: boolean) => void;
}): Lines {
	const { clock, onStream, onMedia, onChange, onFlow, onLook, onFailed } = deps;
	const lines = new Map<number, Line & { stops: Stop[] }>();
	let begun = false;

	function isOpen(line: Line): boolean {
		return lines.get(line.call.id) === line;
	}

	function after(callId: number, ms: number, run: () => void): void {
		lines.get(callId)?.stops.push(clock.after(ms, run));
	}

	function lookForMedia(line: Line): void {
		const { call } = line;
		void call.stats().then(
			(report) => {
				if (!isOpen(line)) return;
				if (!hasMedia(report)) return after(call.id, MEDIA_POLL, () => lookForMedia(line));
				line.hasMedia = true;
				line.shows = begun;
				line.relayed = isRelayed(report);
				watch(line);
				onMedia(call.id);
			},
			() => isOpen(line) && onFailed(call.id, false)
		);
	}

	/** What came before the lesson was black: the first picture of the camera is waited for, but not for long. */
	function lookForPicture(line: Line, until: number): void {
		line.call.stats().then(
			(report) => {
				if (!isOpen(line)) return;
				line.shows = hasPicture(report) || clock.now() >= until;
				if (line.shows) onChange();
				else after(line.call.id, MEDIA_POLL, () => lookForPicture(line, until));
			},
			() => isOpen(line) && onFailed(line.call.id, false)
		);
	}

	function watch(line: Line): void {
		let before: MediaWatch | null = null;
		let asking = false;
		const stop = clock.every(SAMPLE_EVERY, () => {
			if (asking) return;
			asking = true;
			line.call.stats().then(
				(report) => {
					asking = false;
					if (!isOpen(line)) return;
					before = watchMedia(before, sampleOf(report, clock.now()));
					line.heard = isHeard(before);
					const { name } = line.flow;
					line.flow = flowOf(before);
					line.report = report;
					const wasRelayed = line.relayed;
					line.relayed = isRelayed(report);
					if (line.relayed !== wasRelayed) onChange();
					line.track = track(line.track, report, clock.now());
					if (line.flow.name !== name) onFlow(line.call.id, line.flow);
					onLook(line);
				},
				// A connection that cannot be asked is closing; that is told another way.
				() => (asking = false)
			);
		});
		lines.get(line.call.id)?.stops.push(stop);
	}

	function close(callId: number): void {
		const line = lines.get(callId);
		if (!line) return;
		lines.delete(callId);
		line.stops.forEach((stop) => stop());
		line.call.close();
	}

	return {
		open(call) {
			const line: Line & { stops: Stop[] } = {
				...{ call, stream: null, hasMedia: false, shows: false, flow: { name: 'flowing' }, heard: true },
				...{ track: null, report: null, relayed: null },
				stops: []
			};
			lines.set(call.id, line);
			line.stops.push(
				call.onStream((stream) => {
					if (!isOpen(line)) return;
					const first = line.stream === null;
					line.stream = stream;
					if (first) lookForMedia(line);
					onStream();
				}),
				call.onClosed(() => isOpen(line) && onFailed(call.id, true))
			);
		},
		get: (callId) => lines.get(callId),
		all: () => [...lines.values()],
		begin() {
			begun = true;
			for (const line of lines.values()) {
				line.track = null;
				if (line.hasMedia) lookForPicture(line, clock.now() + PICTURE_PATIENCE);
			}
		},
		after,
		close,
		closeAll() {
			for (const callId of [...lines.keys()]) close(callId);
			begun = false;
		}
	};
}

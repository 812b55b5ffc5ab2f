import { hasMedia } from './firstMedia.ts';
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

/** How often a new call is asked whether it shows something yet, ms. */
const MEDIA_POLL = 60;

/** One running call with everything that has to stop with it. */
export interface Line {
	call: MediaCall;
	stream: MediaStream | null;
	/** Something was seen or heard. */
	hasMedia: boolean;
	/** What comes in, since something came. */
	flow: Flow;
	/** The other side says that it gets something from here. */
	heard: boolean;
	/** How well it goes; null before the first look. */
	track: FigureTrack | null;
	/** The newest statistics. */
	report: RTCStatsReport | null;
}

/** The running calls of a page, each watched from its first picture on. */
export interface Lines {
	open(call: MediaCall): void;
	get(callId: number): Line | undefined;
	all(): Line[];
	/** Runs unless the call ends before. */
	after(callId: number, ms: number, run: () => void): void;
	close(callId: number): void;
	closeAll(): void;
}

export function createLines(deps: {
	clock: Clock;
	onStream: () => void;
	onMedia: (callId: number) => void;
	/** Only when it turns to another kind. */
	onFlow: (callId: number, flow: Flow) => void;
	/** After each look at a call that has shown something. */
	onLook: (line: Line) => void;
	/** `alreadyClosed`: by the other side or the network. */
	onFailed: (callId: number, alreadyClosed: boolean) => void;
}): Lines {
	const { clock, onStream, onMedia, onFlow, onLook, onFailed } = deps;
	const lines = new Map<number, Line & { stops: Stop[] }>();

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
				watch(line);
				onMedia(call.id);
			},
			() => isOpen(line) && onFailed(call.id, false)
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
				...{ call, stream: null, hasMedia: false, flow: { name: 'flowing' }, heard: true },
				...{ track: null, report: null },
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
		after,
		close,
		closeAll() {
			for (const callId of [...lines.keys()]) close(callId);
		}
	};
}

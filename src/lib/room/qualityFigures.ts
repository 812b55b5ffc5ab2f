/** What is seen of one picture stream. Averages over the last seconds; null while there is none. */
export interface PictureFigures {
	/** px, of the newest picture. */
	width: number | null;
	height: number | null;
	/** Pictures per second. */
	rate: number | null;
}

/** One call in figures, smoothed over a few seconds; null for what the browser has not said yet. */
export interface Figures {
	/** ms */
	at: number;
	/** Between the two browsers and back, ms. */
	roundTrip: number | null;
	/** The shortest one so far, ms: what is above it waits in queues. */
	shortestTrip: number | null;
	/** Share of packets that did not arrive, 0 to 1. */
	lossIn: number | null;
	lossOut: number | null;
	/** How unevenly packets arrive, ms. */
	jitter: number | null;
	/** Share of the sound that was made up because packets were missing or late, 0 to 1. */
	concealed: number | null;
	/** Freezes of the picture within about the last ten seconds. */
	freezes: number;
	pictureIn: PictureFigures;
	pictureOut: PictureFigures;
	/** Bits per second. */
	bitsIn: number | null;
	bitsOut: number | null;
	/** What the browser believes it can send, bits per second. */
	available: number | null;
	/** Why the browser sends a smaller picture than it was told to. */
	limitation: 'none' | 'bandwidth' | 'cpu' | 'other';
}

/** Two numbers that fade together: a share over the last seconds, whatever the pace of the reports. */
interface Share {
	part: number;
	whole: number;
}

/** Figures and what is needed to go on from them. */
export interface FigureTrack {
	figures: Figures;
	totals: Totals;
	lossIn: Share;
	lossOut: Share;
	concealed: Share;
}

/** How fast the past fades, ms. */
const FADE = 3_000;
const FADE_FREEZES = 10_000;
/** Reports of the other side come every one to five seconds and each is noisy, ms. */
const FADE_REPORTS = 6_000;

/** The next figures of a call; `before` is null at the first look. `at`: when the report was made, ms. */
export function track(before: FigureTrack | null, report: RTCStatsReport, at: number): FigureTrack {
	const totals = totalsOf(report);
	const passed = before ? at - before.figures.at : 0;
	// A clock that was set back, or another connection: begin anew.
	if (!before || passed <= 0 || totals.bytesIn < before.totals.bytesIn) return begin(totals, at);
	const was = before.totals;
	const old = before.figures;
	const grown = (key: Counter) => Math.max(0, totals[key] - was[key]);
	const perSecond = (key: Counter) => (grown(key) * 1000) / passed;
	const lost = grown('lost');
	const lossIn = faded(before.lossIn, passed, FADE, { part: lost, whole: lost + grown('received') });
	const concealed = faded(before.concealed, passed, FADE, {
		part: grown('concealed'),
		whole: grown('samples')
	});
	const lossOut = faded(before.lossOut, passed, FADE_REPORTS, freshReports(was.reports, totals.reports));
	const smooth = (past: number | null, now: number | null) => blended(past, now, passed, FADE);
	return {
		totals,
		lossIn,
		lossOut,
		concealed,
		figures: {
			at,
			roundTrip: smooth(old.roundTrip, totals.roundTrip),
			shortestTrip: least(old.shortestTrip, totals.roundTrip),
			lossIn: ratio(lossIn),
			lossOut: ratio(lossOut),
			jitter: smooth(old.jitter, totals.jitter),
			concealed: ratio(concealed),
			freezes: old.freezes * Math.exp(-passed / FADE_FREEZES) + grown('freezes'),
			pictureIn: {
				...totals.sizeIn,
				rate: smooth(old.pictureIn.rate, perSecond('decoded'))
			},
			pictureOut: {
				...totals.sizeOut,
				rate: smooth(old.pictureOut.rate, perSecond('encoded'))
			},
			bitsIn: smooth(old.bitsIn, perSecond('bytesIn') * 8),
			bitsOut: smooth(old.bitsOut, perSecond('bytesOut') * 8),
			available: totals.available,
			limitation: totals.limitation
		}
	};
}

const NOTHING: Share = { part: 0, whole: 0 };

function begin(totals: Totals, at: number): FigureTrack {
	return {
		totals,
		...{ lossIn: NOTHING, lossOut: NOTHING, concealed: NOTHING },
		figures: {
			at,
			roundTrip: totals.roundTrip,
			shortestTrip: totals.roundTrip,
			lossIn: null,
			lossOut: null,
			jitter: totals.jitter,
			concealed: null,
			freezes: 0,
			pictureIn: { ...totals.sizeIn, rate: null },
			pictureOut: { ...totals.sizeOut, rate: null },
			bitsIn: null,
			bitsOut: null,
			available: totals.available,
			limitation: totals.limitation
		}
	};
}

function faded(past: Share, passed: number, fade: number, added: Share): Share {
	// Without news the share stays what it was, and weighs less when news come.
	const kept = Math.exp(-passed / fade);
	return { part: past.part * kept + added.part, whole: past.whole * kept + added.whole };
}

/** A report stays in the statistics until the next one comes, for a paused picture for ever: each counts once. */
function freshReports(before: Totals['reports'], now: Totals['reports']): Share {
	const fresh: Share = { part: 0, whole: 0 };
	for (const [id, { count, lost }] of now) {
		if (count <= (before.get(id)?.count ?? 0)) continue;
		fresh.part += lost;
		fresh.whole += 1;
	}
	return fresh;
}

function ratio({ part, whole }: Share): number | null {
	return whole > 0 ? Math.min(1, part / whole) : null;
}

function blended(past: number | null, now: number | null, passed: number, fade: number): number | null {
	if (past === null || now === null) return now ?? past;
	const kept = Math.exp(-passed / fade);
	return past * kept + now * (1 - kept);
}

function least(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

type Counter =
	'received' | 'lost' | 'concealed' | 'samples' | 'freezes' | 'decoded' | 'encoded' | 'bytesIn' | 'bytesOut';

/** One report, sorted. Counters grow over the whole call. */
export interface Totals extends Record<Counter, number> {
	/** Of each stream that is sent: how often the other side has reported about it, and the share lost it said last. */
	reports: Map<string, { count: number; lost: number }>;
	roundTrip: number | null;
	jitter: number | null;
	sizeIn: { width: number | null; height: number | null };
	sizeOut: { width: number | null; height: number | null };
	available: number | null;
	limitation: Figures['limitation'];
}

/** The fields of the statistics that are read (W3C, “Identifiers for WebRTC's Statistics API”). */
interface Stat {
	id: string;
	type: string;
	kind?: string;
	packetsReceived?: number;
	packetsLost?: number;
	bytesReceived?: number;
	bytesSent?: number;
	concealedSamples?: number;
	silentConcealedSamples?: number;
	totalSamplesReceived?: number;
	freezeCount?: number;
	framesDecoded?: number;
	framesEncoded?: number;
	frameWidth?: number;
	frameHeight?: number;
	/** s */
	jitter?: number;
	/** s */
	roundTripTime?: number;
	roundTripTimeMeasurements?: number;
	fractionLost?: number;
	/** s */
	currentRoundTripTime?: number;
	availableOutgoingBitrate?: number;
	qualityLimitationReason?: string;
	selectedCandidatePairId?: string;
	localCandidateId?: string;
	remoteCandidateId?: string;
	nominated?: boolean;
	state?: string;
}

function totalsOf(report: RTCStatsReport): Totals {
	const totals: Totals = {
		...{ received: 0, lost: 0, concealed: 0, samples: 0, freezes: 0, decoded: 0, encoded: 0 },
		...{ bytesIn: 0, bytesOut: 0, reports: new Map(), roundTrip: null, jitter: null },
		sizeIn: { width: null, height: null },
		sizeOut: { width: null, height: null },
		available: null,
		limitation: 'none'
	};
	let reportedTrip: number | null = null;
	report.forEach((stat: Stat) => {
		if (stat.type === 'inbound-rtp') addInbound(totals, stat);
		else if (stat.type === 'outbound-rtp') addOutbound(totals, stat);
		else if (stat.type === 'remote-inbound-rtp') {
			const count = stat.roundTripTimeMeasurements ?? 0;
			totals.reports.set(stat.id, { count, lost: stat.fractionLost ?? 0 });
			if (stat.roundTripTime !== undefined) reportedTrip = least(reportedTrip, stat.roundTripTime * 1000);
		}
	});
	const pair = usedPair(report);
	totals.available = pair?.availableOutgoingBitrate ?? null;
	const trip = pair?.currentRoundTripTime;
	totals.roundTrip = trip === undefined ? reportedTrip : trip * 1000;
	return totals;
}

function addInbound(totals: Totals, stat: Stat): void {
	totals.received += stat.packetsReceived ?? 0;
	// Duplicates may bring it below zero.
	totals.lost += Math.max(0, stat.packetsLost ?? 0);
	totals.bytesIn += stat.bytesReceived ?? 0;
	if (stat.kind === 'audio') {
		totals.concealed += (stat.concealedSamples ?? 0) - (stat.silentConcealedSamples ?? 0);
		totals.samples += stat.totalSamplesReceived ?? 0;
		// Pictures come in bursts by nature; sound comes evenly.
		if (stat.jitter !== undefined) totals.jitter = stat.jitter * 1000;
		return;
	}
	totals.freezes += stat.freezeCount ?? 0;
	totals.decoded += stat.framesDecoded ?? 0;
	totals.sizeIn = { width: stat.frameWidth ?? null, height: stat.frameHeight ?? null };
}

function addOutbound(totals: Totals, stat: Stat): void {
	totals.bytesOut += stat.bytesSent ?? 0;
	if (stat.kind !== 'video') return;
	totals.encoded += stat.framesEncoded ?? 0;
	totals.sizeOut = { width: stat.frameWidth ?? null, height: stat.frameHeight ?? null };
	const reason = stat.qualityLimitationReason;
	totals.limitation = reason === 'bandwidth' || reason === 'cpu' || reason === 'other' ? reason : 'none';
}

/** The pair of addresses that carries the call. */
export function usedPair(report: RTCStatsReport): Stat | null {
	let chosen: string | undefined;
	let nominated: Stat | null = null;
	const all = new Map<string, Stat>();
	report.forEach((stat: Stat) => {
		if (stat.type === 'transport') chosen ??= stat.selectedCandidatePairId;
		if (stat.type !== 'candidate-pair') return;
		all.set(stat.id, stat);
		if (stat.nominated && stat.state === 'succeeded') nominated ??= stat;
	});
	return (chosen === undefined ? undefined : all.get(chosen)) ?? nominated;
}

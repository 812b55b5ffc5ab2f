import { usedPair } from './qualityFigures.ts';
import { isRelayed } from './relay.ts';

/** The way of one call through the network and how it is encoded; null for what is not known yet. */
export interface CallPath {
	/** By a TURN server instead of straight from browser to browser. */
	relayed: boolean | null;
	/** Of the first hop, `udp`, `tcp` or `tls`. */
	protocol: string | null;
	/** Such as `VP8` and `opus`. */
	pictureOut: string | null;
	pictureIn: string | null;
	soundOut: string | null;
	soundIn: string | null;
}

interface Stat {
	id: string;
	type: string;
	kind?: string;
	codecId?: string;
	mimeType?: string;
	protocol?: string;
	relayProtocol?: string;
	localCandidateId?: string;
}

export function callPath(report: RTCStatsReport): CallPath {
	const stats = new Map<string, Stat>();
	report.forEach((stat: Stat) => stats.set(stat.id, stat));
	const pair = usedPair(report);
	const used = stats.get(pair?.id ?? '');
	const local = stats.get(used?.localCandidateId ?? '');
	const codec = (type: string, kind: string) => {
		for (const stat of stats.values())
			if (stat.type === type && stat.kind === kind)
				return stats.get(stat.codecId ?? '')?.mimeType?.split('/')[1] ?? null;
		return null;
	};
	return {
		relayed: isRelayed(report),
		protocol: local?.relayProtocol ?? local?.protocol ?? null,
		pictureOut: codec('outbound-rtp', 'video'),
		pictureIn: codec('inbound-rtp', 'video'),
		soundOut: codec('outbound-rtp', 'audio'),
		soundIn: codec('inbound-rtp', 'audio')
	};
}

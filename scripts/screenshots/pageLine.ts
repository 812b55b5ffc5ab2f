/** How the line of one window is; said on its root element (`data-line`), so that a scene can change it. */
export type Line = 'weak' | 'relayed' | 'lost';

/**
 * Runs in the page before its own scripts: what its calls tell of their line is what the scene says, and on a lost line no
 * call comes about.
 */
export function installPageLine(): void {
	const line = () => document.documentElement.dataset.line as Line | undefined;
	const Connection = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Connection {
		constructor(configuration?: RTCConfiguration) {
			super(line() === 'lost' ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
		}
	};
	const read = RTCPeerConnection.prototype.getStats;
	Connection.prototype.getStats = async function (this: RTCPeerConnection, ...given) {
		const report = await read.apply(this, given);
		const changes = CHANGES[line() ?? 'good'];
		const changed = new Map<string, object>();
		report.forEach((stat: Stat) => changed.set(stat.id, { ...stat, ...changes?.[stat.type]?.(stat) }));
		return changed as unknown as RTCStatsReport;
	};
	type Stat = { id: string; type: string; framesDecoded?: number };
	// Several browsers on a small machine: that says nothing about the product.
	const good: Record<string, (stat: Stat) => object> = {
		'candidate-pair': () => ({ currentRoundTripTime: 0.024 }),
		'outbound-rtp': () => ({ qualityLimitationReason: 'none' }),
		'inbound-rtp': ({ framesDecoded = 0 }) => ({
			...{ jitter: 0.003, freezeCount: 0, concealedSamples: 0, packetsLost: 0 },
			framesDecoded: framesDecoded * 3
		}),
		'remote-inbound-rtp': () => ({ fractionLost: 0, packetsLost: 0, roundTripTime: 0.024 })
	};
	const CHANGES: Record<string, typeof good> = {
		good,
		weak: {
			'candidate-pair': () => ({ availableOutgoingBitrate: 20_000, currentRoundTripTime: 0.61 }),
			'outbound-rtp': () => ({ qualityLimitationReason: 'bandwidth' })
		},
		relayed: { ...good, 'local-candidate': () => ({ candidateType: 'relay' }) }
	};
}

import { usedPair } from './qualityFigures.ts';

interface Candidate {
	id: string;
	type: string;
	candidateType?: string;
}

/** Whether a call goes by a TURN server instead of straight from browser to browser; null before that is known. */
export function isRelayed(report: RTCStatsReport): boolean | null {
	const pair = usedPair(report);
	if (!pair) return null;
	const types = new Map<string, string | undefined>();
	report.forEach(({ id, type, candidateType }: Candidate) => {
		if (type === 'local-candidate' || type === 'remote-candidate') types.set(id, candidateType);
	});
	const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) => types.get(id ?? ''));
	return ends.includes(undefined) ? null : ends.includes('relay');
}

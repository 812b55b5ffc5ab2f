/** What is tried, in the order in which it is shown. */
const CHECKS = ['server', 'peerServer', 'browser', 'relayUdp', 'relayTcp'] as const;
export type CheckId = (typeof CHECKS)[number];

/** How one of them went. */
export type CheckResult =
	| { name: 'waiting' }
	| { name: 'running' }
	/** `ms`: how long it took, where that says something. */
	| { name: 'good'; ms: number | null }
	/** `reason`: what stopped it, as far as it is known. */
	| { name: 'failed'; reason: 'timeout' | 'refused' | 'busy' | 'unknown' }
	/** There is nothing to try, or nothing to try it with. */
	| { name: 'skipped' };

export type CheckResults = Readonly<Record<CheckId, CheckResult>>;

export const UNCHECKED = Object.fromEntries(
	CHECKS.map((id) => [id, { name: 'waiting' }])
) as unknown as CheckResults;

/** One line of the check in words. */
export interface CheckLine {
	id: CheckId;
	label: string;
	state: 'waiting' | 'running' | 'good' | 'failed';
	/** What was found. */
	words: string;
	/** What can be done about it; null where nothing needs to be. */
	fix: string | null;
}

/** All of it in one word; `limited`: lessons work here, but not in every network. */
export type CheckVerdict = 'unchecked' | 'running' | 'good' | 'limited' | 'failed';

const LABELS: Record<CheckId, string> = {
	server: 'PeerLearn server',
	peerServer: 'Call set-up',
	browser: 'Calls in this browser',
	relayUdp: 'Relay over UDP',
	relayTcp: 'Relay over TCP'
};

/** The lines to show; what there is nothing to try of is left out. */
export function checkLines(results: CheckResults): CheckLine[] {
	return CHECKS.flatMap((id): CheckLine[] => {
		const result = results[id];
		const line = { id, label: LABELS[id] };
		switch (result.name) {
			case 'skipped':
				return [];
			case 'waiting':
				return [{ ...line, state: 'waiting', words: 'Not tried yet', fix: null }];
			case 'running':
				return [{ ...line, state: 'running', words: 'Trying…', fix: null }];
			case 'good':
				return [{ ...line, state: 'good', words: goodWords(id, result.ms), fix: null }];
			case 'failed':
				return [{ ...line, state: 'failed', ...failedWords(id, result.reason, results) }];
		}
	});
}

function goodWords(id: CheckId, ms: number | null): string {
	switch (id) {
		case 'server':
			return ms === null ? 'Reached.' : `Reached, ${Math.round(ms)} ms there and back.`;
		case 'peerServer':
			return 'Reached. Calls can be set up.';
		case 'browser':
			return 'Sound and picture can be sent from here.';
		case 'relayUdp':
			return 'Works. Calls get through where no direct path exists.';
		case 'relayTcp':
			return 'Works. Calls get through firewalls that let only web traffic pass.';
	}
}

type FailureReason = Extract<CheckResult, { name: 'failed' }>['reason'];

function failedWords(
	id: CheckId,
	reason: FailureReason,
	results: CheckResults
): Pick<CheckLine, 'words' | 'fix'> {
	if (reason === 'busy') return { words: 'Checked too often.', fix: 'Wait a minute, then check again.' };
	switch (id) {
		case 'server':
			return {
				words: 'Not reached.',
				fix: 'Check your internet connection. A company or school network may block WebSockets: try another one, such as your phone’s.'
			};
		case 'peerServer':
			return {
				words: reason === 'refused' ? 'Refused.' : 'Not reached.',
				fix:
					reason === 'refused'
						? 'Reload the page and check again.'
						: 'The chat works without it, calls do not. Try another network, or check again in a moment.'
			};
		case 'browser':
			return {
				words: 'This browser could not connect a call with itself.',
				fix: 'Allow WebRTC in the browser’s settings, switch off extensions that block it, or use another browser.'
			};
		case 'relayUdp':
			return {
				words: 'Blocked in this network.',
				fix:
					results.relayTcp.name === 'good'
						? 'Nothing to do: calls take the way over TCP. Another network may give a smoother picture.'
						: RELAY_FIX
			};
		case 'relayTcp':
			return {
				words: 'Not reached.',
				fix: results.relayUdp.name === 'good' ? 'Nothing to do: calls take the way over UDP.' : RELAY_FIX
			};
	}
}

const RELAY_FIX = 'A direct call may still work. If it does not, try another network, such as your phone’s.';

export function checkVerdict(results: CheckResults): CheckVerdict {
	const all = CHECKS.map((id) => results[id].name);
	if (all.some((name) => name === 'running')) return 'running';
	if (all.includes('waiting')) return 'unchecked';
	if ((['server', 'peerServer', 'browser'] as const).some((id) => results[id].name !== 'good'))
		return 'failed';
	const relays = [results.relayUdp, results.relayTcp].filter(({ name }) => name !== 'skipped');
	return relays.length > 0 && relays.every(({ name }) => name !== 'good') ? 'limited' : 'good';
}

/** The verdict as a sentence. */
export function verdictWords(verdict: CheckVerdict): string {
	switch (verdict) {
		case 'unchecked':
			return 'Not checked yet.';
		case 'running':
			return 'Checking your connection…';
		case 'good':
			return 'Your connection is ready for a lesson.';
		case 'limited':
			return 'Lessons work, but the relay for difficult networks is not reached.';
		case 'failed':
			return 'Something is in the way of a lesson.';
	}
}

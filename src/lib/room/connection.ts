import type { LinkStatus } from './ports.ts';
import type { ConnectionView } from './roomView.ts';

/** What the page shows of the server socket. A refusal is final: later statuses of a dying socket change nothing. */
export function foldConnection(before: ConnectionView, status: LinkStatus): ConnectionView {
	if (before.name === 'closed') return before;
	switch (status.name) {
		case 'connecting':
			return { name: 'connecting' };
		case 'live':
			return { name: 'live' };
		case 'reconnecting':
			return { name: 'reconnecting', attempt: status.attempt };
		case 'closed':
			return { name: 'closed', reason: status.reason ?? 'internal' };
	}
}

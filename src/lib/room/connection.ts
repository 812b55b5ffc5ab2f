import type { LinkStatus } from './ports.ts';
import type { ConnectionView } from './roomView.ts';

/**
 * What the page shows of the server socket. Later statuses of a socket that was refused change nothing; only one that
 * lives does, after the person has signed in again.
 */
export function foldConnection(before: ConnectionView, status: LinkStatus): ConnectionView {
	if (before.name === 'closed' && status.name !== 'live') return before;
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

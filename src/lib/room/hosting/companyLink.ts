import type { Caption } from '../../shared/captions.ts';
import type { HostRequest } from '../../shared/hosting.ts';
import type { PassedMessage } from '../../shared/live.ts';
import type { Reaction } from '../../shared/reactions.ts';
import type { Stop } from '../ports.ts';

/** The part of the server link by which people in a session do something to each other. */
export interface CompanyLink {
	/** Mentor: has the page of one person, or with null everybody else's, do something; how many were asked. */
	ask(request: { seatId: string; what: HostRequest; userId: string | null }): Promise<number>;
	/** Mentor: takes a learner out of the session. Repeating with the same id is harmless, here and below. */
	remove(clientId: string, userId: string): Promise<void>;
	readmit(clientId: string, userId: string): Promise<void>;
	/** Best effort: what is lost stays lost, here and below. */
	react(of: { seatId: string; reaction: Reaction }): Promise<void>;
	caption(of: { seatId: string; caption: Caption }): Promise<void>;
	/** What others react and say. */
	onPassed(listener: (message: PassedMessage) => void): Stop;
}

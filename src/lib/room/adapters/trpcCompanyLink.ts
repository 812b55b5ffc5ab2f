import type { LiveMessage, PassedMessage } from '../../shared/live.ts';
import type { CompanyLink } from '../hosting/companyLink.ts';
import type { TrpcCalls } from './trpcCalls.ts';

type InRoom<T> = { roomCode: string } & T;
type Input<Name extends keyof CompanyLink> = InRoom<Parameters<CompanyLink[Name]>[0]>;
type Removal = InRoom<{ clientId: string; userId: string }>;

/** What it needs of the router's part with its name. */
export interface CompanyCalls {
	ask: { mutate(input: Input<'ask'>): Promise<{ asked: number }> };
	remove: { mutate(input: Removal): Promise<unknown> };
	readmit: { mutate(input: Removal): Promise<unknown> };
	react: { mutate(input: Input<'react'>): Promise<unknown> };
	caption: { mutate(input: Input<'caption'>): Promise<unknown> };
}

/** Where `room.live` hands over what others react and say. */
export interface TrpcCompanyLink extends CompanyLink {
	/** Takes a message that was passed on; answers whether it was one. */
	hear(message: LiveMessage): message is PassedMessage;
}

export function trpcCompanyLink(deps: {
	roomCode: string;
	/** Of the client there is now: after signing in again it is another one. */
	calls: () => CompanyCalls;
	/** Turns whatever goes wrong into a `LinkFailure`. */
	ask: TrpcCalls['ask'];
}): TrpcCompanyLink {
	const { roomCode, calls, ask } = deps;
	const listeners = new Set<(message: PassedMessage) => void>();
	return {
		ask: async (request) => (await ask(() => calls().ask.mutate({ roomCode, ...request }))).asked,
		remove: async (clientId, userId) =>
			void (await ask(() => calls().remove.mutate({ roomCode, clientId, userId }))),
		readmit: async (clientId, userId) =>
			void (await ask(() => calls().readmit.mutate({ roomCode, clientId, userId }))),
		react: async (of) => void (await ask(() => calls().react.mutate({ roomCode, ...of }))),
		caption: async (of) => void (await ask(() => calls().caption.mutate({ roomCode, ...of }))),
		onPassed(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		hear(message): message is PassedMessage {
			if (message.type !== 'reaction' && message.type !== 'caption') return false;
			for (const listener of listeners) listener(message);
			return true;
		}
	};
}

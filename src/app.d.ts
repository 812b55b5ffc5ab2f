import type { IncomingMessage } from 'node:http';
import type { Viewer } from '$lib/server/accounts/accountsService.ts';
import type { NotificationPage } from '$lib/shared/notification.ts';
import type { App as PeerLearnApp } from '$lib/server/createApp.ts';

declare global {
	namespace App {
		interface Locals {
			/** The one running app; pages reach it here and never by importing an instance. */
			app: PeerLearnApp;
			user: Viewer | null;
			/** Null when signed out. */
			loginId: string | null;
			/** Token for the socket, bound to the login; null when signed out. */
			csrf: string | null;
		}
		interface Platform {
			/** The request as Node has it (adapter-node). */
			req: IncomingMessage;
		}
		interface PageData {
			user: Viewer | null;
			/** Whether this person should confirm their address: only where mails leave the server. */
			confirmAddress?: boolean;
			/** Versions of the pictures of the people this page shows, by person; the own one is with `user`. */
			pictures?: Record<string, string>;
			/** What the bell shows; null where there is none. `csrf`: for its socket. */
			inbox?: { csrf: string; unread: number; newest: NotificationPage } | null;
			/** Whether everybody may read here what this server would send by mail: in development and the demo. */
			outbox?: boolean;
		}
		interface Error {
			message: string;
			/** By what the log knows this failure; a person can read it to whoever runs the server. */
			reference?: string;
		}
	}
}

export {};

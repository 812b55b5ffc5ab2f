import { error } from '@sveltejs/kit';

/** In production nobody reads other people's mails: there is nothing at this address. */
export function requireOutbox({ app }: { app: { config: { isDemo: boolean } } }): void {
	if (!app.config.isDemo) error(404, 'There is nothing at this address.');
}

import { createMails } from '../../src/lib/server/mail/mailsService.ts';
import { FROM } from '../../src/lib/server/mail/mailFixture.ts';
import type { NewMail } from '../../src/lib/server/mail/mailKinds.ts';
import type { Store } from '../../src/lib/server/db/store.ts';

const nothing = () => undefined;

/** Makes mails necessary as a service of the server would: rows and jobs that the running server finds. */
export function enqueueMails(store: Store, origin: string, mails: NewMail[]): Promise<void> {
	const desk = createMails({
		...{ store, post: null, now: Date.now, origin: () => origin },
		config: { ORIGIN: origin, PORT: 0, mail: { url: 'smtp://localhost', from: FROM } },
		log: { info: nothing, warn: nothing, error: nothing, debug: nothing }
	});
	return store.transact((tx) => desk.enqueue(tx, mails));
}

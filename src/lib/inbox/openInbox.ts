import { browserClock } from '../room/adapters/browserClock.ts';
import { browserStorage } from '../room/adapters/browserStorage.ts';
import { trpcInboxLink } from './adapters/trpcInboxLink.ts';
import { createInbox, type Inbox } from './createInbox.ts';

/** The inbox of the person at this browser, with everything real behind it. Browser only; connects at once. */
export function openInbox(
	options: { csrf: string } & Pick<
		Parameters<typeof createInbox>[0],
		'userId' | 'onUnread' | 'onNewest' | 'onStale' | 'onNews' | 'onSignedOut'
	>
): Inbox {
	const { csrf, ...rest } = options;
	const clock = browserClock();
	return createInbox({
		...rest,
		link: trpcInboxLink({ csrf, clock }),
		...{ clock, storage: browserStorage() },
		looking: {
			isVisible: () => document.visibilityState === 'visible',
			onVisible(listener) {
				const look = () => {
					if (document.visibilityState === 'visible') listener();
				};
				document.addEventListener('visibilitychange', look);
				return () => document.removeEventListener('visibilitychange', look);
			}
		}
	});
}

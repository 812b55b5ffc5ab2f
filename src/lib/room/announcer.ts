import type { RoomEvent } from '../shared/roomEvents.ts';
import { addNotice, NO_NOTICES, noticeEvent, noticeTime, type NoticeScene, type Notices } from './notices.ts';
import type { RoomNotice } from './roomView.ts';

/** Holds the notices of a room and adds to them. */
export interface Announcer {
	shown(): RoomNotice[];
	event(event: RoomEvent): void;
	/** About once a second. `endsAt`: scheduled end, ms since the epoch. */
	tick(endsAt: number): void;
	tell(kind: RoomNotice['kind'], text: string): void;
}

export function createAnnouncer(scene: () => NoticeScene, onChange: () => void): Announcer {
	let notices = NO_NOTICES;
	let shown: RoomNotice[] = [];

	function set(next: Notices): void {
		const isNew = next.shown !== notices.shown;
		notices = next;
		if (!isNew) return;
		shown = [...next.shown];
		onChange();
	}

	return {
		shown: () => shown,
		event: (event) => set(noticeEvent(notices, event, scene())),
		tick(endsAt) {
			const { now, phase } = scene();
			set(noticeTime(notices, now, endsAt, phase));
		},
		tell: (kind, text) => set(addNotice(notices, kind, text))
	};
}

import type { AnyArea } from './scene.ts';
import { ACCOUNT } from './scenes/account.ts';
import { AFTERWARDS } from './scenes/afterwards.ts';
import { ARABIC } from './scenes/arabic.ts';
import { BOOKING } from './scenes/booking.ts';
import { CAPTIONS } from './scenes/captions.ts';
import { DASHBOARDS } from './scenes/dashboards.ts';
import { GROUP } from './scenes/group.ts';
import { HOSTING } from './scenes/hosting.ts';
import { IN_HAND } from './scenes/inHand.ts';
import { INVITATIONS } from './scenes/invitations.ts';
import { LEAVING } from './scenes/leaving.ts';
import { LESSON_PAGES } from './scenes/lessonPages.ts';
import { LOBBY } from './scenes/lobby.ts';
import { MAILS } from './scenes/mails.ts';
import { OUTSIDE } from './scenes/outside.ts';
import { PLANNING } from './scenes/planning.ts';
import { ROOM } from './scenes/room.ts';
import { SETUP } from './scenes/setup.ts';
import { TOGETHER } from './scenes/together.ts';
import { TROUBLE } from './scenes/trouble.ts';

/** All that is pictured, in the order of a lesson. A new area is one file beside the others and one entry here. */
export const AREAS: readonly AnyArea[] = [
	OUTSIDE,
	ACCOUNT,
	DASHBOARDS,
	PLANNING,
	LESSON_PAGES,
	INVITATIONS,
	BOOKING,
	MAILS,
	SETUP,
	LOBBY,
	ROOM,
	IN_HAND,
	TOGETHER,
	CAPTIONS,
	GROUP,
	HOSTING,
	TROUBLE,
	LEAVING,
	AFTERWARDS,
	ARABIC
];

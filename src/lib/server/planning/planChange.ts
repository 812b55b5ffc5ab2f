import type { Bus } from '../bus/bus.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import type { Mails, NewMail } from '../mail/mailKinds.ts';
import type { NewNotification, Notifications } from '../notifications/notificationsService.ts';
import { tellMembers } from '../notifications/personMessages.ts';
import type { Attendance } from '../presence/attendanceService.ts';
import { publishToRoom, type RoomMessage } from '../roomLog/roomMessages.ts';
import type { LogInTransaction, RoomLog } from '../roomLog/roomLogService.ts';

export interface PlanningDeps {
	store: Store;
	roomLog: RoomLog;
	bus: Bus;
	now: () => number;
	mails: Mails;
	/** Inside the transaction that plans or moves a session: the work that reminds of this very start. */
	remind(tx: Database, session: Pick<Row<'sessions'>, 'id' | 'startsAt'>): Steps<void>;
	notifications: Pick<Notifications, 'write' | 'tell'>;
	attendance: Pick<Attendance, 'endAll' | 'removeFrom'>;
	/** ISO 4217. */
	currency: string;
}

/** What a change of plans means for others; gathered while it is written. */
export interface News {
	mail(mail: NewMail): void;
	notify(notification: NewNotification): void;
	/** Their lists of sessions are not up to date any more. */
	concerns(userIds: readonly string[]): void;
	/** What open pages of a room hear beside its log. */
	room(roomCode: string, message: RoomMessage): void;
}

/** One change of plans: everything of it is written together or not at all, and told after the commit. */
export interface Change {
	tx: Database;
	log: LogInTransaction;
	news: News;
	/** The instant of everything in it. */
	at: Date;
}
export type ChangePlans = <T>(body: (change: Change) => Steps<T>) => Promise<T>;

export function createChangePlans({
	roomLog,
	bus,
	mails,
	notifications
}: Pick<PlanningDeps, 'roomLog' | 'bus' | 'mails' | 'notifications'>): ChangePlans {
	return async function changePlans(body) {
		let told: Row<'notifications'>[] = [];
		let concerned = new Set<string>();
		let messages: [roomCode: string, RoomMessage][] = [];
		const result = await roomLog.transact(function* (tx, log) {
			// The body runs again when the database was busy.
			[told, concerned, messages] = [[], new Set(), []];
			const letters: NewMail[] = [];
			const notices: NewNotification[] = [];
			const news: News = {
				mail: (mail) => letters.push(mail),
				notify: (notice) => notices.push(notice),
				concerns: (userIds) => userIds.forEach((userId) => concerned.add(userId)),
				room: (roomCode, message) => messages.push([roomCode, message])
			};
			const answer = yield* body({ tx, log, news, at: new Date(log.at) });
			yield* mails.enqueue(tx, letters);
			told = yield* notifications.write(tx, notices);
			return answer;
		});
		for (const [roomCode, message] of messages) publishToRoom(bus, roomCode, message);
		notifications.tell(told);
		tellMembers(bus, [...concerned]);
		return result;
	};
}

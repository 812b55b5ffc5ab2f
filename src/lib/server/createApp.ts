import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createPeople } from './accounts/createPeople.ts';
import { createHeldLogins } from './accounts/heldLogins.ts';
import { passwordsWaiting } from './accounts/password.ts';
import { createAfterwards } from './createAfterwards.ts';
import { createBooking } from './booking/createBooking.ts';
import { createEntrances } from './createEntrances.ts';
import { createMailing } from './createMailing.ts';
import { createBoardFiles } from './board/boardFilesService.ts';
import { createBoardRecord } from './board/boardRecord.ts';
import { createBoard } from './board/boardService.ts';
import { createBus } from './bus/bus.ts';
import { createCallTickets } from './call/callTickets.ts';
import { createConnectionChecks } from './call/connectionChecks.ts';
import { ConfigError, isServedSecurely, type Config } from './config.ts';
import { openStore } from './db/openStore.ts';
import type { Store } from './db/store.ts';
import { createFeedbackJobs } from './jobs/feedbackJobs.ts';
import { createJobs } from './jobs/jobsService.ts';
import { startSchedule } from './jobs/schedule.ts';
import { createSessionJobs } from './jobs/sessionJobs.ts';
import { createLog } from './log.ts';
import { createMeters } from './meters.ts';
import { figuresOf, renderMetrics } from './metrics.ts';
import { enqueueReminders } from './mail/reminders.ts';
import { createNotifications } from './notifications/notificationsService.ts';
import { createPersonFeed } from './notifications/personFeed.ts';
import { createPlanning } from './planning/planningService.ts';
import { createAttendance } from './presence/attendanceService.ts';
import { createPresence } from './presence/presenceService.ts';
import { openFileStore } from './resources/openFileStore.ts';
import { createRoomLog } from './roomLog/roomLogService.ts';
import { startRecheck } from './recheck.ts';
import { createRequests, createRequestScope } from './requests.ts';
import { readOrCreateSecret } from './secret.ts';
import { createCompany } from './sessions/company.ts';
import { createLearnerZones } from './sessions/learnerZones.ts';
import { createRemovals } from './sessions/removals.ts';
import { createSessions } from './sessions/sessionsService.ts';

/** How long the seat of a lost connection is kept, ms: with the keep-alive a ghost is gone within 15 s (spec T8). */
const SEAT_GRACE_MS = 8_000;

export type App = Awaited<ReturnType<typeof createApp>>;

/**
 * Builds everything once: config → store, bus, clock → services → sockets and jobs. The only file that knows them all.
 * @throws ConfigError when the database cannot be opened; whatever its migration throws
 */
export async function createApp(config: Config) {
	const scope = createRequestScope();
	const log = createLog(config.LOG_LEVEL, () => ({ request: scope.current() ?? undefined }));
	const meters = createMeters();
	const requests = createRequests({ scope, log, meters, clock: () => performance.now() });
	const now = Date.now;
	const onError = (error: unknown, duty?: string) =>
		log.error({ err: error, duty }, 'work in the background failed');
	const secret = config.PEERLEARN_SECRET ?? readOrCreateSecret(config.dataDir);
	const store = await openDatabase(config);
	await store.migrate(config.migrations);
	const files = await openFileStore(config);
	const bus = createBus((error) => onError(error));

	const roomLog = createRoomLog({ store, bus, now });
	const presence = createPresence({
		store,
		roomLog,
		bus,
		now,
		onError,
		onRemoved: (sessionId, userId) =>
			entrances.disconnect((ticket) => ticket.sessionId === sessionId && ticket.userId === userId),
		capacity: config.ROOM_CAPACITY,
		graceMs: SEAT_GRACE_MS
	});
	const notifications = createNotifications({ store, bus, now });
	const personFeed = createPersonFeed({ store, bus });
	const sessions = createSessions({
		store,
		roomLog,
		bus,
		now,
		settings: {
			startEarlyMinutes: config.START_EARLY_MINUTES,
			capacity: config.ROOM_CAPACITY,
			currency: config.CURRENCY,
			platformFeePercent: config.PLATFORM_FEE_PERCENT,
			ratingReminderMinutes: config.RATING_REMINDER_MINUTES
		}
	});
	const company = createCompany({ presence, now });
	const removals = createRemovals({ store, roomLog, attendance: createAttendance({ store, roomLog }) });
	const board = createBoard({ store, bus, roomLog, presence, now });
	const boardFiles = createBoardFiles({ store, files, sessions, now });
	const boardRecord = createBoardRecord({ store, sessions });
	const { figures, feedback, uploads, resources, notes, recap, dashboards } = await createAfterwards({
		...{ config, store, files, roomLog, sessions, presence, boardRecord, now, onError }
	});
	const tickets = createCallTickets({ config, secret, now });
	const connectionChecks = createConnectionChecks({ config, secret, now });
	const mailing = createMailing({ config, store, notifications, secret, log, now });
	const { mails, calendarFeeds } = mailing;
	const accounts = createPeople({
		...{ store, files, bus, roomLog, notifications, mails, now, secret },
		secureCookies: isServedSecurely(config),
		currency: config.CURRENCY,
		onThrottled: meters.signInThrottled
	});
	const heldLogins = createHeldLogins({ store, bus, now });
	const booking = createBooking({
		...{ config, store, roomLog, bus, mails, notifications, now },
		standingOf: feedback.standingOf
	});
	const learnerZones = createLearnerZones(store);
	const planning = createPlanning({
		...{ store, roomLog, bus, now, mails, notifications, currency: config.CURRENCY },
		attendance: createAttendance({ store, roomLog }),
		remind: (tx, session) => enqueueReminders(store, tx, session, now())
	});
	const handlers = {
		...mailing.mailJobs,
		...createSessionJobs({ figures, notifications, sessions, hasRated: feedback.hasRatedAll }),
		...createFeedbackJobs({ notifications, feedback, sessionById: sessions.byId }),
		'remove-file': ({ storageKey }: { storageKey: string }) => files.remove(storageKey)
	};
	const jobs = createJobs({ store, now, handlers, onError });

	const entrances = createEntrances({
		...{ config, secret, store, accounts, heldLogins, sessions, presence, uploads },
		...{ log, meters, requests, now, onError },
		app: () => app,
		isClosing: () => closing !== null
	});

	await presence.recover();
	await uploads.sweepLeftOver();
	const schedule = startSchedule(
		[
			{ name: 'endOverdue', run: () => sessions.endOverdue() },
			{ name: 'markMissed', run: () => sessions.markMissed() },
			{ name: 'pickUpMissingFigures', run: () => figures.pickUpMissing() },
			{ name: 'runDueJobs', run: () => jobs.runDue('others') },
			{ name: 'sendMails', run: () => jobs.runDue('mails') },
			{ name: 'removeFiles', run: () => jobs.runDue('files') },
			{ name: 'sweepMails', run: () => mails.sweep() },
			{ name: 'finishUploads', run: () => uploads.finishComplete() },
			{ name: 'sweepUploads', run: () => uploads.sweepExpired() },
			{ name: 'sweepAccounts', run: () => accounts.deleteExpired() }
		],
		onError
	);
	const stopRechecking = startRecheck([heldLogins.recheck, sessions.recheckAdmissions], onError);
	const stalls = monitorEventLoopDelay({ resolution: 10 });
	stalls.enable();
	let closing: Promise<void> | null = null;

	async function close(): Promise<void> {
		stalls.disable();
		// First, so that a mail server that hangs does not hold up the end.
		mailing.close();
		await stopRechecking();
		await schedule.stop();
		await entrances.closeUploads();
		await uploads.close();
		// First the seats are kept for a restart: afterwards their subscriptions end with the sockets.
		await presence.close();
		await entrances.closeSockets();
		await roomLog.close();
		await board.close();
		await store.close();
	}

	const app = {
		config,
		log,
		requests,
		store,
		accounts,
		sessions,
		roomLog,
		presence,
		company,
		removals,
		board,
		boardFiles,
		boardRecord,
		feedback,
		resources,
		notes,
		recap,
		dashboards,
		...booking,
		notifications,
		planning,
		learnerZones,
		personFeed,
		mails,
		calendarFeeds,
		tickets,
		connectionChecks,

		/** The port that this server got, where another one was asked for (0): for addresses in mails. */
		setPort: mailing.setPort,

		handleUpgrade: entrances.handleUpgrade,
		handleRequest: entrances.handleRequest,

		/** Whether work can be done: not shutting down, and the database answers. */
		async ready(): Promise<boolean> {
			if (closing) return false;
			return store.ping().then(
				() => true,
				() => false
			);
		},

		/** Prometheus text. */
		async metrics(): Promise<string> {
			const { rooms, seats } = presence.counts();
			const { sockets, peers } = entrances.counts();
			// Since the last look, so that a stall is seen once and not forgotten in an average.
			const longestStall = stalls.max / 1e9;
			stalls.reset();
			return renderMetrics([
				...figuresOf({
					...{ sockets, rooms, seats, peers, longestStall },
					...{ jobs: await jobs.counts(), mails: await jobs.counts('mails') },
					passwords: passwordsWaiting()
				}),
				...meters.figures()
			]);
		},

		/** Tells clients to reconnect, finishes what is under way, lets go of everything. Safe to call twice. */
		close(): Promise<void> {
			closing ??= close();
			return closing;
		}
	};
	return app;
}

/** An address nobody answers at, a wrong password, a file that is no database: mended in the configuration. */
async function openDatabase({ DATABASE_URL, database }: Config): Promise<Store> {
	try {
		const store = openStore(database);
		await store.ping();
		return store;
	} catch (error) {
		const variable = DATABASE_URL ? 'DATABASE_URL' : 'DATA_DIR';
		const why = error instanceof Error ? error.message : String(error);
		throw new ConfigError(`${variable} leads to a database that cannot be opened: ${why}.`, { cause: error });
	}
}

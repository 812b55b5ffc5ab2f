import { join } from 'node:path';
import type { BoardRecord } from './board/boardRecord.ts';
import type { Config } from './config.ts';
import { createDashboards } from './dashboards/dashboardsService.ts';
import type { Store } from './db/store.ts';
import { createEarnings } from './earnings/earningsService.ts';
import { createFigures } from './earnings/figuresService.ts';
import { createFeedback } from './feedback/feedbackService.ts';
import { createAttendance } from './presence/attendanceService.ts';
import type { Presence } from './presence/presenceService.ts';
import { createLessonNotes } from './recap/lessonNotes.ts';
import { createRecaps } from './recap/recapService.ts';
import type { FileStore } from './resources/fileStore.ts';
import { createResources } from './resources/resourcesService.ts';
import { openUploadFolder } from './resources/uploadFolder.ts';
import { createUploads } from './resources/uploadsService.ts';
import type { RoomLog } from './roomLog/roomLogService.ts';
import type { Sessions } from './sessions/sessionsService.ts';

const MEGABYTE = 1024 * 1024;

/** Builds what follows a lesson: ratings, material, notes, recap, figures and the dashboards that show them. */
export async function createAfterwards(deps: {
	config: Config;
	store: Store;
	files: FileStore;
	roomLog: RoomLog;
	sessions: Sessions;
	presence: Presence;
	boardRecord: BoardRecord;
	now: () => number;
	onError: (error: unknown) => void;
}) {
	const { config, store, files, roomLog, sessions, presence, boardRecord, now, onError } = deps;
	const earnings = createEarnings({
		...{ store, currency: config.CURRENCY },
		feePercent: config.PLATFORM_FEE_PERCENT
	});
	const figures = createFigures({ store, sessions, roomLog, now });
	const attendance = createAttendance({ store, roomLog });
	const feedback = createFeedback({
		...{ store, roomLog, sessions, attendance, now },
		revealAfterDays: config.RATING_REVEAL_DAYS
	});
	const uploads = createUploads({
		...{ store, files, now, onError },
		folder: await openUploadFolder(join(config.dataDir, 'uploads')),
		limits: {
			perFile: config.RESOURCE_MAX_MB * MEGABYTE,
			perSession: config.RESOURCES_MAX_MB_PER_SESSION * MEGABYTE
		},
		keptForMs: config.UPLOAD_HOURS * 3_600_000
	});
	const resources = createResources({ store, files, sessions, uploads, now });
	const notes = createLessonNotes({ store, sessions, now });
	const recap = createRecaps({
		...{ store, sessions, presence, roomLog, boardRecord },
		...{ feedback, resources, earnings, notes, now }
	});
	const dashboards = createDashboards({
		...{ store, earnings, figures, feedback, attendance, now },
		settings: { startEarlyMinutes: config.START_EARLY_MINUTES, currency: config.CURRENCY }
	});
	return { figures, feedback, uploads, resources, notes, recap, dashboards };
}

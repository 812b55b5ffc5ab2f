import { boardRouter } from '../board/boardRouter.ts';
import { connectionRouter } from '../call/connectionRouter.ts';
import { feedbackRouter } from '../feedback/feedbackRouter.ts';
import { notificationsRouter } from '../notifications/notificationsRouter.ts';
import { resourcesRouter } from '../resources/resourcesRouter.ts';
import { companyRouter } from '../sessions/companyRouter.ts';
import { roomRouter } from '../sessions/roomRouter.ts';
import { router } from './procedures.ts';

/** Everything that browsers can ask over the socket. */
export const appRouter = router({
	room: roomRouter,
	company: companyRouter,
	board: boardRouter,
	connection: connectionRouter,
	feedback: feedbackRouter,
	resources: resourcesRouter,
	notifications: notificationsRouter
});

export type AppRouter = typeof appRouter;

import { everybody, LOGIN, members, mentors, signedIn, type Row } from './routeRow.ts';

const membersOnly = (given: Partial<Parameters<typeof members>[0]> = {}) =>
	members({ inside: 200, outside: 403, signedOut: LOGIN, ...given });

/** Pages; each is asked for as a page and as data. */
export const PAGES: Record<string, Row> = {
	'GET /': { expected: { ...everybody('303 /dashboard'), signedOut: 200 } },
	'GET /account': { expected: signedIn(200) },
	'GET /availability': { expected: mentors(200) },
	'GET /book/[slug]': { expected: everybody(200) },
	// What somebody booked is shown to themselves.
	'GET /book/[slug]/[roomCode]': {
		params: ({ params }) => ({ roomCode: params.booked! }),
		expected: { ...signedIn(404), learner: 200, overLearner: 200 }
	},
	'GET /calendar': { expected: signedIn(200) },
	'GET /calendar/feed': { expected: signedIn(200) },
	'GET /dashboard': { expected: signedIn(200) },
	'GET /forgot': { expected: everybody(200) },
	// The address is the key.
	'GET /invitation/[token]': { expected: everybody(200) },
	'GET /login': { expected: { ...everybody('303 /dashboard'), signedOut: 200 } },
	'GET /notifications': { expected: signedIn(200) },
	// The demo's own; elsewhere there is nothing (outboxGuard.ts).
	'GET /outbox': { expected: everybody(200) },
	'GET /outbox/[mailId]': { expected: everybody(200) },
	'GET /reset/[token]': { expected: everybody(200) },
	'GET /session/[roomCode]': {
		// Who was removed is told so by the same page.
		expected: membersOnly({
			overLearner: '303 /session/<code>/recap',
			overMentor: '303 /session/<code>/recap'
		})
	},
	'GET /session/[roomCode]/recap': {
		expected: membersOnly({
			inside: '303 /session/<code>',
			...{ overLearner: 200, overMentor: 200 }
		})
	},
	// What was planned is no secret to those who were asked to it.
	'GET /sessions/[roomCode]': { expected: membersOnly() },
	'GET /sessions/new': { expected: mentors(200) },
	'GET /setup': { expected: signedIn(200) },
	'GET /signup': { expected: { ...everybody('303 /dashboard'), signedOut: 200 } },
	'GET /verify/[token]': { expected: everybody(200) }
};

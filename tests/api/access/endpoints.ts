import { createId } from '../../../src/lib/server/ids.ts';
import { PNG } from './accessWorld.ts';
import { everybody, LOGIN, members, mentors, signedIn, type Row } from './routeRow.ts';

const ofMembers = (given: Partial<Parameters<typeof members>[0]> = {}) =>
	members({ inside: 200, outside: 404, signedOut: 401, removed: 403, ...given });
const ofMentor = (mentor: number) =>
	members({ inside: mentor, outside: 404, signedOut: 401, removed: 403, learner: 403, overLearner: 403 });

const TUS = { 'tus-resumable': '1.0.0' };
/** Endpoints of Kit and those before it, in an order in which each has something to do. */
export const ENDPOINTS: Record<string, Row> = {
	'GET /account/export': { expected: signedIn(200) },
	// The address is the key.
	'GET /calendar/feed/[address].ics': { expected: everybody(200) },
	'GET /dashboard/earnings.csv': { expected: mentors(200) },
	'GET /dashboard/past': { expected: signedIn(200, 401) },
	'GET /healthz': { expected: everybody(200) },
	'GET /language': { expected: everybody('303 /') },
	'POST /language': { form: () => ({ language: 'xx' }), expected: everybody('303 /') },
	'GET /logout': { expected: everybody('303 /') },
	'GET /metrics': { expected: everybody(200) },
	'GET /outbox/[mailId]/invite.ics': { expected: everybody(200) },
	'GET /outbox/[mailId]/mail.html': { expected: everybody(200) },
	'GET /people/[userId]/picture/[version]': { expected: signedIn(200, 404) },
	'GET /readyz': { expected: everybody(200) },
	'GET /session/[roomCode]/board': {
		search: ({ boardPage }) => `?page=${boardPage}`,
		expected: ofMembers()
	},
	'PUT /session/[roomCode]/board/files/[id]': {
		params: ({ freshId }) => ({ id: freshId() }),
		body: () => PNG,
		headers: { 'content-type': 'application/octet-stream' },
		expected: ofMembers({ inside: 201, overLearner: 409, overMentor: 409 })
	},
	'GET /session/[roomCode]/board/files/[id]': {
		params: ({ params }) => ({ id: params.picture! }),
		expected: ofMembers()
	},
	'POST /session/[roomCode]/goodbye': {
		body: () => createId(),
		headers: { 'content-type': 'text/plain' },
		// Who was removed has no seat to leave.
		expected: ofMembers({ inside: 204, removed: 204 })
	},
	// An open page asks who it belongs to now; nobody's business is no error.
	'GET /session/[roomCode]/login': { expected: everybody(200) },
	'GET /session/[roomCode]/resources': { expected: ofMembers() },
	'GET /session/[roomCode]/resources/[id]': { expected: ofMembers() },
	'POST /session/[roomCode]/uploads': {
		headers: {
			...TUS,
			'upload-length': '16',
			'upload-metadata': `filename ${btoa('more.txt')},clientId ${btoa(createId())}`
		},
		expected: ofMentor(201)
	},
	'HEAD /session/[roomCode]/uploads/[upload]': { headers: TUS, expected: ofMentor(200) },
	'PATCH /session/[roomCode]/uploads/[upload]': {
		headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
		body: () => 'f',
		expected: ofMentor(204)
	},
	'DELETE /session/[roomCode]/uploads/[upload]': { headers: TUS, expected: ofMentor(204) },
	'DELETE /session/[roomCode]/resources/[id]': { expected: ofMentor(204) },
	'GET /sessions/[roomCode]/lesson.ics': {
		expected: members({ inside: 200, outside: 403, signedOut: LOGIN }),
		// As the page does that it stands on.
		hidesRooms: false
	},
	// A question that is answered with what the asker may know.
	'POST /sessions/conflicts': {
		body: () => JSON.stringify({ startsAt: 4e12, minutes: 60, weeks: 1, learnerEmails: [], except: null }),
		headers: { 'content-type': 'application/json' },
		expected: mentors(200, 403, 401)
	},
	'POST /logout': { endsLogins: true, expected: everybody('303 /') }
};

/** Answered before Kit (createEntrances.ts), or by sockets (tests/api/socket.test.ts, strangers.test.ts). */
export const BEFORE_KIT = [
	'POST /session/[roomCode]/uploads',
	'HEAD /session/[roomCode]/uploads/[upload]',
	'PATCH /session/[roomCode]/uploads/[upload]',
	'DELETE /session/[roomCode]/uploads/[upload]'
];

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUploads, type FileUploads } from '../support/fileUpload.ts';
import { openClient } from '../support/liveClient.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** Who asks. `over…`: after the end of the session. */
const CALLERS = [
	'signedOut',
	'stranger',
	'otherMentor',
	'learner',
	'mentor',
	'overLearner',
	'overMentor'
] as const;
type Caller = (typeof CALLERS)[number];
type Place = { lesson: Lesson; files: FileUploads; who: Person | null; file: string; upload: string };

interface Row {
	ask(place: Place): Promise<Response>;
	/** Statuses for learners and mentors; strangers and other mentors get 404, the signed out 401. */
	learner: number;
	mentor: number;
}

const TEXT = new Uint8Array(Buffer.from('for members only'));
const at = ({ lesson, who }: Place, path: string, method = 'GET') =>
	request(world.url, `${lesson.path}${path}`, who, { method });

/** Every way to a file that is not a procedure (spec S1). In an order in which each has something to do. */
const ROUTES: Record<string, Row> = {
	'GET resources': { ask: (place) => at(place, '/resources'), learner: 200, mentor: 200 },
	'GET resources/<id>': { ask: (place) => at(place, `/resources/${place.file}`), learner: 200, mentor: 200 },
	'POST uploads': { ask: ({ files }) => files.begin('more.txt', TEXT), learner: 403, mentor: 201 },
	'HEAD uploads/<id>': {
		ask: ({ files, lesson, upload }) => files.ask('HEAD', `${lesson.path}/uploads/${upload}`),
		learner: 403,
		mentor: 200
	},
	'PATCH uploads/<id>': {
		ask: ({ files, upload }) => files.send(upload, TEXT.subarray(0, 1), 0),
		learner: 403,
		mentor: 204
	},
	'DELETE uploads/<id>': { ask: ({ files, upload }) => files.cancel(upload), learner: 403, mentor: 204 },
	'DELETE resources/<id>': {
		ask: (place) => at(place, `/resources/${place.file}`, 'DELETE'),
		learner: 403,
		mentor: 204
	}
};

let world: World;
const places = {} as Record<Caller, Place>;

beforeAll(async () => {
	world = await startWorld();
	const live = await world.classroom();
	const over = await world.lesson({ ...live });
	const other = await world.classroom();
	const mentor = openClient(world.url, live.mentor);
	const ready: Record<string, Pick<Place, 'file' | 'upload'>> = {};
	for (const { roomCode, path } of [live, over]) {
		await mentor.trpc.room.start.mutate({ roomCode });
		const files = fileUploads(world.url, { path }, live.mentor);
		const { id } = await files.handOver('there.txt', TEXT);
		ready[path] = { file: id, upload: await files.begun('coming.txt', 100) };
	}
	await mentor.trpc.room.end.mutate({ roomCode: over.roomCode });
	await mentor.close();
	const who: Record<Caller, Person | null> = {
		signedOut: null,
		stranger: await world.person('learner'),
		otherMentor: other.mentor,
		learner: live.learners[0]!,
		mentor: live.mentor,
		overLearner: live.learners[0]!,
		overMentor: live.mentor
	};
	for (const caller of CALLERS) {
		const lesson = caller.startsWith('over') ? over : live;
		const files = fileUploads(world.url, lesson, who[caller]);
		places[caller] = { lesson, files, who: who[caller], ...ready[lesson.path]! };
	}
});
afterAll(() => world.close());

function expected(row: Row, caller: Caller): number {
	if (caller === 'signedOut') return 401;
	if (caller === 'stranger' || caller === 'otherMentor') return 404;
	return caller.toLowerCase().endsWith('learner') ? row.learner : row.mentor;
}

describe.each(Object.entries(ROUTES))('[S1] %s', (_, row) => {
	test.each(CALLERS)('%s', async (caller) => {
		expect((await row.ask(places[caller])).status).toBe(expected(row, caller));
	});

	test('a room that does not exist answers as one that is not yours', async () => {
		const nowhere = { ...places.mentor.lesson, path: '/session/no-such-room-at-all' };
		const files = fileUploads(world.url, nowhere, places.mentor.who);
		const answer = await row.ask({ ...places.mentor, lesson: nowhere, files });
		const strangers = await row.ask(places.stranger);
		expect([answer.status, await answer.text()]).toEqual([404, await strangers.text()]);
	});
});

import { and, eq, isNotNull, like } from 'drizzle-orm';
import { expect } from 'vitest';
import { pictureVersion } from '../../../src/lib/server/accounts/pictureVersion.ts';
import { createId } from '../../../src/lib/server/ids.ts';
import type { BoardFile } from '../../../src/lib/shared/board.ts';
import { anElement } from '../../../src/lib/shared/boardFixture.ts';
import { bookingPath } from '../../../src/lib/shared/booking.ts';
import { fileUploads } from '../../support/fileUpload.ts';
import { openClient } from '../../support/liveClient.ts';
import { until } from '../../support/until.ts';
import { postForm, request } from '../../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../../support/world.ts';
import type { Caller, Place, Row } from './routeRow.ts';

const TEXT = new Uint8Array(Buffer.from('for members only'));
/** One dot. */
export const PNG = new Uint8Array(
	Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64'
	)
);

/** A server with everything that a route can be about, and everybody who can ask for it. */
export interface AccessWorld {
	world: World;
	/** Where this caller asks, for this row. */
	place(row: Row, caller: Caller): Promise<Place>;
	close(): Promise<void>;
}

export async function openAccessWorld(): Promise<AccessWorld> {
	const world = await startWorld();
	const live = await world.classroom({ names: ['Grace', 'Alan', 'Ada'] });
	const over = await world.lesson(live);
	const other = await world.classroom();
	const who: Record<Caller, Person | null> = {
		signedOut: null,
		stranger: await world.person('learner'),
		otherMentor: other.mentor,
		removed: live.learners[1]!,
		learner: live.learners[0]!,
		mentor: live.mentor,
		overLearner: live.learners[0]!,
		overMentor: live.mentor
	};
	const things = {
		[live.id]: await happen(world, live),
		[over.id]: await happen(world, over)
	};
	await leaveBehind(world, live, over);
	const planned = new Map<Row, Promise<Lesson>>();
	const params = await keysOf(world, live.mentor, live.learners[0]!);

	return {
		world,
		async place(row, caller) {
			const about = caller.startsWith('over') ? over : live;
			const isPlanned = row.planned && about === live && caller !== 'removed';
			return {
				caller,
				who: row.endsLogins && who[caller] ? await world.person(who[caller].role) : who[caller],
				lesson: isPlanned ? await plannedFor(row) : about,
				params: { ...params, ...things[about.id]!.params },
				boardPage: things[about.id]!.boardPage,
				freshId: createId
			};
		},
		close: () => world.close()
	};

	/** The same one for all who are asked about in this row. */
	function plannedFor(row: Row): Promise<Lesson> {
		const known = planned.get(row) ?? world.lesson({ ...live, startsIn: 86_400 });
		planned.set(row, known);
		return known;
	}
}

/** A lesson that runs, with something of every kind in it. */
async function happen(world: World, lesson: Lesson) {
	const { roomCode, path, mentor } = lesson;
	const client = openClient(world.url, mentor);
	await client.trpc.room.start.mutate({ roomCode });
	const page = anElement('page', { id: createId() });
	await client.trpc.board.put.mutate({ roomCode, elements: [page] });
	await client.close();
	const files = fileUploads(world.url, { path }, mentor);
	const { id } = await files.handOver('there.txt', TEXT);
	const upload = await files.begun('coming.txt', 100);
	const picture = createId();
	const put = await request(world.url, `${path}/board/files/${picture}`, mentor, {
		...{ method: 'PUT', body: PNG, headers: { 'content-type': 'application/octet-stream' } }
	});
	if (put.status !== 201) throw new Error(`The picture was refused: ${await put.text()}`);
	const { fileId } = (await put.json()) as BoardFile;
	return { boardPage: page.id, params: { roomCode, id, upload, picture: fileId } };
}

/** One lesson ends; from the other one the second learner is removed. */
async function leaveBehind(world: World, live: Lesson, over: Lesson): Promise<void> {
	const [client, learner] = [openClient(world.url, live.mentor), openClient(world.url, live.learners[0]!)];
	// Only who was there rates and is rated afterwards.
	const seats = [client.followLive(over), learner.followLive(over)];
	await until(() => {
		for (const { people, seatId } of seats) expect(people().map((one) => one.seatId)).toContain(seatId);
	});
	await client.trpc.room.end.mutate({ roomCode: over.roomCode });
	await learner.close();
	const removal = { roomCode: live.roomCode, clientId: createId(), userId: live.learners[1]!.id };
	await client.trpc.company.remove.mutate(removal);
	await client.close();
}

/** What addresses outside of lessons are made of. */
async function keysOf(world: World, mentor: Person, learner: Person): Promise<Record<string, string>> {
	const { db, tables } = world.store;
	const portrait = new FormData();
	portrait.set('picture', new Blob([PNG], { type: 'image/png' }), 'me.png');
	// Not the mentor's: those who can be booked show theirs to everybody.
	await request(world.url, '/account?/picture', learner, { method: 'POST', body: portrait });
	const [row] = await db.select().from(tables.users).where(eq(tables.users.id, learner.id));

	const slug = `grace-${createId()
		.toLowerCase()
		.replaceAll(/[^a-z]/g, '')}`;
	const week = Array.from({ length: 7 }, (_, day) => [
		[`week.${day}.from`, '09:00'],
		[`week.${day}.to`, '17:00']
	]).flat();
	const page = { open: 'on', slug, title: 'An hour', introduction: '', minutes: '60', price: '35' };
	const hours = { ...Object.fromEntries(week), ...page, pause: '0', notice: '0', ahead: '14' };
	await postForm(world.url, '/availability', hours, mentor);
	const offered = await (await request(world.url, bookingPath(slug), null)).text();
	const at = /times:\[[\d,]*?(\d+)\]/.exec(offered)![1]!;
	const wish = { at, minutes: '60', price: '3500', note: '' };
	const booking = await postForm(world.url, bookingPath(slug), wish, learner);
	const booked = booking.headers.get('location')!.split('/').at(-1)!;

	const feed = await (await request(world.url, '/calendar/feed', mentor)).text();
	const address = /\/calendar\/feed\/([^"]+?)\.ics/.exec(feed)![1]!;

	const date = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
	const guest = `guest-${createId().toLowerCase()}@people.test`;
	const plan = { title: 'For a guest', date, time: '10:00', minutes: '60', price: '1' };
	await postForm(world.url, '/sessions/new', { ...plan, learnerEmails: guest, weeks: '1' }, mentor);
	// Mails are written by jobs.
	const mail = await until(async () => {
		const { mails } = tables;
		const isTheirs = and(like(mails.toAddress, guest), isNotNull(mails.calendar));
		const [written] = await db.select().from(mails).where(isTheirs);
		if (!written) throw new Error('No invitation was written yet.');
		return written;
	});
	const token = /\/invitation\/([\w-]+)/.exec(mail.text)![1]!;
	return {
		...{ slug, booked, address, token, mailId: mail.id, loginKey: 'nobody' },
		...{ userId: learner.id, version: pictureVersion(row!.pictureKey!) }
	};
}

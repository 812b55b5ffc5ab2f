import { eq } from 'drizzle-orm';
import { accountsQueries } from '../../src/lib/server/accounts/accountsQueries.ts';
import { createAccounts } from '../../src/lib/server/accounts/accountsService.ts';
import { createLogins } from '../../src/lib/server/accounts/loginStore.ts';
import { putElements } from '../../src/lib/server/board/putElements.ts';
import { createBus } from '../../src/lib/server/bus/bus.ts';
import type { Config } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/openStore.ts';
import { run, type Row, type Store } from '../../src/lib/server/db/store.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { readOrCreateSecret } from '../../src/lib/server/secret.ts';
import type { BoardElement } from '../../src/lib/shared/board.ts';
import type { Role } from '../../src/lib/shared/sessionStatus.ts';
import { AS_PLANNED } from '../../src/lib/server/sessions/asPlanned.ts';

/** Somebody who is signed in. */
export interface Person {
	id: string;
	name: string;
	role: Role;
	cookie: { name: string; value: string };
	csrf: string;
}

/** Writes people and lessons where the server will find them. */
export interface Desk {
	signIn(name: string, role: Role): Promise<Person>;
	/** A lesson that may be started, or that runs already; ends in an hour. Answers with its room code. */
	plan(status: 'scheduled' | 'live', mentor: Person, learners: Person[]): Promise<string>;
	/** Puts these on the board of a lesson that runs. */
	draw(roomCode: string, by: Person, elements: BoardElement[]): Promise<void>;
}

/** Elements in one transaction: SQLite takes so many values at once. */
const DRAWN_AT_ONCE = 500;

/** Opens a new database for `work`, before any server does. */
export async function atDesk<T>(config: Config, work: (desk: Desk) => Promise<T>): Promise<T> {
	const secret = readOrCreateSecret(config.dataDir);
	const store = openStore(config.database);
	try {
		await store.migrate(config.migrations);
		return await work(createDesk(store, secret));
	} finally {
		await store.close();
	}
}

function createDesk(store: Store, secret: string): Desk {
	const queries = accountsQueries(store);
	const logins = createLogins(queries, Date.now, false);
	const bus = createBus((error) => {
		throw error;
	});
	const accounts = createAccounts({ store, bus, now: Date.now, secret, secureCookies: false });
	return {
		async signIn(name, role) {
			const id = createId();
			// Nobody signs in with a password here: hashing five hundred of them would take half a minute.
			const user = {
				id,
				name,
				email: `${id.toLowerCase()}@bench.test`,
				role,
				passwordHash: '',
				timeZone: 'UTC'
			};
			await queries.addUser({ ...user, createdAt: new Date() });
			const { value, name: cookieName } = logins.createSessionCookie(
				(await logins.createSession(id, { device: null })).id
			);
			const login = await accounts.readLogin(`${cookieName}=${value}`);
			return { id, name, role, cookie: { name: cookieName, value }, csrf: login!.csrf };
		},
		async plan(status, mentor, learners) {
			const session = lesson(status, mentor.id);
			const members = [mentor, ...learners].map(({ id, role }) => ({
				sessionId: session.id,
				userId: id,
				role,
				startsAt: session.startsAt
			}));
			await store.transact(function* (tx) {
				yield* run(tx.insert(store.tables.sessions).values(session).returning());
				yield* run(tx.insert(store.tables.sessionMembers).values(members).returning());
			});
			return session.roomCode;
		},
		async draw(roomCode, { id, role }, elements) {
			const { sessions } = store.tables;
			const [session] = await store.db.select().from(sessions).where(eq(sessions.roomCode, roomCode));
			const by = { userId: id, role };
			for (let from = 0; from < elements.length; from += DRAWN_AT_ONCE) {
				const put = { by, elements: elements.slice(from, from + DRAWN_AT_ONCE) };
				await store.transact((tx) => putElements(store.tables, tx, session!.id, put, Date.now()));
			}
		}
	};
}

function lesson(status: 'scheduled' | 'live', mentorId: string): Row<'sessions'> {
	const now = Date.now();
	return {
		...AS_PLANNED,
		id: createId(),
		roomCode: createId(),
		mentorId,
		title: 'A measured lesson',
		status,
		startsAt: new Date(now),
		endsAt: new Date(now + 3_600_000),
		startedAt: status === 'live' ? new Date(now) : null,
		endedAt: null,
		endReason: null,
		durationSeconds: null,
		priceMinor: 1_000,
		lastSeq: 0,
		createdAt: new Date(now)
	};
}

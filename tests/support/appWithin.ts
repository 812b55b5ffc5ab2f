import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { atDesk, type Desk } from '../../scripts/bench/people.ts';
import type { SignedInUser } from '../../src/lib/server/accounts/accountsService.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createApp, type App } from '../../src/lib/server/createApp.ts';
import type { Role } from '../../src/lib/shared/sessionStatus.ts';

/** Somebody as pages and sockets know them. */
export interface Known {
	user: SignedInUser;
	loginId: string;
	csrf: string;
	cookie: string;
}

/** The whole app in this process over a database of its own: for what is tried thousands of times. */
export interface AppWithin<T> {
	app: App;
	planned: T;
	/** The clock goes on by so many ms, beside what passes by itself: what is limited per second is not what is tried. */
	skip(ms: number): void;
	close(): Promise<void>;
}

export interface PlanningDesk {
	person(role: Role, name: string): Promise<Known>;
	lesson(status: 'scheduled' | 'live', mentor: Known, learners: Known[]): Promise<string>;
}

export async function startWithin<T>(plan: (desk: PlanningDesk) => Promise<T>): Promise<AppWithin<T>> {
	const dataDir = mkdtempSync(join(tmpdir(), 'peerlearn-within-'));
	// Postgres where there is an empty one for it: never the one that this machine works with.
	const DATABASE_URL = process.env.PEERLEARN_EMPTY_DATABASE;
	const config = readConfig({ DATABASE_URL, DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
	const planned = await atDesk(config, (desk) => plan(planning(desk)));
	const realNow = Date.now.bind(Date);
	let skipped = 0;
	const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + skipped);
	const app = await createApp(config);
	return {
		app,
		planned,
		skip: (ms) => void (skipped += ms),
		async close() {
			await app.close();
			clock.mockRestore();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

function planning(desk: Desk): PlanningDesk {
	const known = new Map<string, Awaited<ReturnType<Desk['signIn']>>>();
	return {
		async person(role, name) {
			const person = await desk.signIn(name, role);
			known.set(person.id, person);
			const email = `${person.id.toLowerCase()}@bench.test`;
			return {
				user: { id: person.id, name, email, role, timeZone: 'UTC' },
				...{ loginId: person.cookie.value, csrf: person.csrf },
				cookie: `${person.cookie.name}=${person.cookie.value}`
			};
		},
		lesson: (status, mentor, learners) => {
			const found = ({ user }: Known) => known.get(user.id)!;
			return desk.plan(status, found(mentor), learners.map(found));
		}
	};
}

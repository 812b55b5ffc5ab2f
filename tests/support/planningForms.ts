import { eq } from 'drizzle-orm';
import { createId } from '../../src/lib/server/ids.ts';
import type { Row } from '../../src/lib/server/db/store.ts';
import { dateIn, formatTime } from '../../src/lib/shared/time.ts';
import { postForm, request } from './visitor.ts';
import type { Person, World } from './world.ts';

const MINUTE = 60_000;
/** Of everybody in a `World`. */
const ZONE = 'Europe/Berlin';

/** The forms of planning as a browser without scripts sends them, and what they leave behind. */
export function planningForms(world: World) {
	const { db, tables } = world.store;

	/** Fields for a lesson; each call is another form. `at`: ms from now, to the minute. */
	function form(at: number, fields: Record<string, string>): Record<string, string> {
		const startsAt = Math.ceil((Date.now() + at) / MINUTE) * MINUTE;
		return {
			...{ clientId: createId(), title: 'Fractions', description: '', minutes: '60', price: '35' },
			...{ date: dateIn(startsAt, ZONE), time: formatTime(startsAt, ZONE), weeks: '1', ...fields }
		};
	}
	async function sessionOf(roomCode: string): Promise<Row<'sessions'>> {
		const rows = await db.select().from(tables.sessions).where(eq(tables.sessions.roomCode, roomCode));
		return rows[0]!;
	}
	const mailsTo = async (address: string): Promise<Row<'mails'>[]> =>
		db.select().from(tables.mails).where(eq(tables.mails.toAddress, address));

	return {
		form,
		sessionOf,
		mailsTo,
		post: (path: string, fields: Record<string, string>, who: Person | null) =>
			postForm(world.url, path, fields, who),
		/** Plans a lesson by the form and answers with its row. */
		async plan(who: Person, at: number, fields: Record<string, string>): Promise<Row<'sessions'>> {
			const answer = await postForm(world.url, '/sessions/new', form(at, fields), who);
			const roomCode = /^\/sessions\/([\w-]+)/.exec(answer.headers.get('location') ?? '')?.[1];
			if (!roomCode) throw new Error(`Not planned: ${answer.status}\n${await answer.text()}`);
			return sessionOf(roomCode);
		},
		/** The path of the link in the newest invitation to an address. */
		async linkTo(address: string): Promise<string> {
			const mails = (await mailsTo(address)).filter(({ kind }) => kind === 'invitation');
			return /\/invitation\/[\w-]{22}/.exec(mails.at(-1)?.text ?? '')![0];
		},
		/** Status and words of a page. */
		async words(path: string, who: Pick<Person, 'cookie'> | null): Promise<string> {
			const page = await request(world.url, path, who);
			const html = (await page.text()).replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
			return `${page.status} ${html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')}`;
		},
		newAddress: () => `new-${createId().toLowerCase().replaceAll('_', 'x')}@people.test`
	};
}

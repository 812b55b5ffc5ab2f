import { writeHistory } from '../../src/lib/server/dashboards/historyFixture.ts';
import type { Config } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/openStore.ts';
import { figure, type Figure, type Report } from './figures.ts';
import { atDesk, type Person } from './people.ts';
import { startProduct, type Product } from './product.ts';
import { median, p95 } from './statistics.ts';

const LESSONS = { many: 10_000, few: 10 };
/** Eight hours between one lesson and the next: 10,000 of them are nine years of three a day. */
const EVERY_MS = 8 * 3_600_000;
const ROUNDS = 60;
const WARM_UP = 5;
/** What the dashboard's data may take on the server, ms. */
const AIM = 100;
const PAGES = [
	{ name: 'mentor’s dashboard', who: 'mentor', path: '/dashboard' },
	{ name: 'the same by month', who: 'mentor', path: '/dashboard?by=month' },
	{ name: 'learner’s dashboard', who: 'learner', path: '/dashboard' }
] as const;

type Pair = Record<'mentor' | 'learner', Person>;

/** How long the server takes for a dashboard's data after ten lessons and after ten thousand. */
export async function measureDashboard(): Promise<Report> {
	const product = await startProduct(prepare);
	const { prepared } = product;
	const figures: Figure[] = [];
	const raw: Record<string, { many: number[]; few: number[] }> = {};
	try {
		for (const { name, who, path } of PAGES) {
			const taken = { many: [] as number[], few: [] as number[] };
			for (let round = -WARM_UP; round < ROUNDS; round++) {
				for (const size of ['many', 'few'] as const) {
					const ms = await ask(product, prepared[size][who], path);
					if (round >= 0) taken[size].push(ms);
				}
			}
			const most = p95(taken.many);
			figures.push(
				figure(`${name}, median`, 'ms', median(taken.many), median(taken.few)),
				figure('the same, p95', 'ms', most, p95(taken.few), { words: `< ${AIM} ms`, met: most < AIM })
			);
			raw[name] = taken;
		}
		const first = prepared.many.mentor;
		const older = await olderPlaces(product, first);
		const deep = await repeat(() => ask(product, first, `/dashboard/past?before=${older.last}`));
		const shallow = await repeat(() => ask(product, first, `/dashboard/past?before=${older.first}`));
		figures.push(
			figure('“Show older” after 500 sessions, against after 10, median', 'ms', median(deep), median(shallow))
		);
		raw.older = { many: deep, few: shallow };
	} finally {
		await product.stop();
	}
	return {
		title: `The dashboard’s data, asked for over HTTP one after the other (${ROUNDS} times each, alternating)`,
		ours: `${LESSONS.many} lessons`,
		baseline: `${LESSONS.few} lessons`,
		figures,
		notes: [
			'The request of a page that reads its data anew: login, queries, JSON, loopback; no HTML.',
			'The same database, server and run; both lists fill one page of ten.'
		],
		raw
	};
}

async function prepare(config: Config): Promise<Record<keyof typeof LESSONS, Pair>> {
	const people = await atDesk(config, async (desk) => {
		const pair = async (): Promise<Pair> => ({
			mentor: await desk.signIn('Mentor', 'mentor'),
			learner: await desk.signIn('Learner', 'learner')
		});
		return { many: await pair(), few: await pair() };
	});
	const store = openStore(config.database);
	try {
		for (const size of ['many', 'few'] as const) {
			await writeHistory(store, {
				mentorId: people[size].mentor.id,
				learnerId: people[size].learner.id,
				lessons: LESSONS[size],
				latest: Date.now() - 86_400_000,
				everyMs: EVERY_MS,
				priceMinor: 3_500,
				currency: config.CURRENCY
			});
		}
	} finally {
		await store.close();
	}
	return people;
}

async function ask(product: Product, who: Person, path: string): Promise<number> {
	const startedAt = performance.now();
	await read(product, who, path);
	return performance.now() - startedAt;
}

/** What the page's script would get. */
async function read({ origin }: Product, { cookie }: Person, path: string): Promise<string> {
	const url = new URL(path, origin);
	if (url.pathname === '/dashboard') url.pathname = '/dashboard/__data.json';
	const answer = await fetch(url, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
	const text = await answer.text();
	if (!answer.ok || !text.includes('Lesson ')) throw new Error(`${url.pathname} answered ${answer.status}.`);
	return text;
}

/** Where the second page begins, and the one after 500 sessions. */
async function olderPlaces(product: Product, who: Person): Promise<{ first: string; last: string }> {
	const places: string[] = [];
	let query = '';
	while (places.length < 50) {
		const page = JSON.parse(await read(product, who, `/dashboard/past${query}`)) as { older: string };
		places.push(encodeURIComponent(page.older));
		query = `?before=${places.at(-1)}`;
	}
	return { first: places[0]!, last: places.at(-1)! };
}

async function repeat(once: () => Promise<number>): Promise<number[]> {
	const taken: number[] = [];
	for (let round = 0; round < ROUNDS; round++) taken.push(await once());
	return taken;
}

import type { Browser, Page } from '@playwright/test';
import { startServer } from './child.ts';
import { figure, type Report } from './figures.ts';
import {
	closePages,
	enterLobby,
	openBrowser,
	openPage,
	startLesson,
	turnOnDevices,
	type FirstFrames
} from './lesson.ts';
import { atDesk, type Desk, type Person } from './people.ts';
import { startProduct, type Product } from './product.ts';
import { median, p95 } from './statistics.ts';

const RUNS = 10;
/** Before the first counted run each side warms up, so that the browser's own start is not counted. */
const WARM_UPS = 1;

interface Planned {
	mentor: Person;
	learner: Person;
	roomCodes: string[];
}
type Lessons = Product & { prepared: Planned };

/** Click on “Start session” → first remote frame on both sides, against the least that WebRTC takes. */
export async function measureStart(): Promise<Report> {
	const product: Lessons = await startProduct((config) => atDesk(config, planLessons));
	const bare = await startServer('bareCallServer.ts');
	const ours: FirstFrames[] = [];
	const baseline: FirstFrames[] = [];
	let version = '';
	try {
		const browser = await openBrowser();
		version = browser.version();
		try {
			for (let nth = 0; nth < WARM_UPS + RUNS; nth++) {
				const { frames, constraints } = await runOurs(browser, product, nth);
				const bareFrames = await runBare(browser, bare.port, nth, constraints);
				if (nth < WARM_UPS) continue;
				ours.push(frames);
				baseline.push(bareFrames);
			}
		} finally {
			await browser.close();
		}
	} finally {
		await product.stop();
		await bare.stop();
	}
	return report(ours, baseline, version);
}

async function planLessons(desk: Desk): Promise<Planned> {
	const mentor = await desk.signIn('Mentor', 'mentor');
	const learner = await desk.signIn('Learner', 'learner');
	const roomCodes: string[] = [];
	for (let nth = 0; nth < WARM_UPS + RUNS; nth++)
		roomCodes.push(await desk.plan('scheduled', mentor, [learner]));
	return { mentor, learner, roomCodes };
}

async function runOurs(
	browser: Browser,
	{ origin, prepared }: Lessons,
	nth: number
): Promise<{ frames: FirstFrames; constraints: MediaStreamConstraints }> {
	const url = `${origin}/session/${prepared.roomCodes[nth]}`;
	const mentor = await openPage(browser, origin, prepared.mentor);
	const learner = await openPage(browser, origin, prepared.learner);
	// The earlier arrival calls the later one: both orders happen in life, so both are measured.
	for (const page of nth % 2 === 0 ? [mentor, learner] : [learner, mentor]) await enterLobby(page, url);
	await mentor.getByRole('list', { name: 'Waiting learners' }).getByText('Learner').first().waitFor();
	const frames = await startLesson(mentor, learner);
	const constraints = await mentor.evaluate(() => window.benchMarks.constraints);
	await closePages([mentor, learner]);
	return { frames, constraints: constraints! };
}

async function runBare(
	browser: Browser,
	port: number,
	nth: number,
	constraints: MediaStreamConstraints
): Promise<FirstFrames> {
	const origin = `http://127.0.0.1:${port}`;
	const query = new URLSearchParams({ room: String(nth), constraints: JSON.stringify(constraints) });
	const pages: Page[] = [];
	for (let place = 0; place < 2; place++) {
		const page = await openPage(browser, origin, null);
		await page.goto(`${origin}/?${query}`);
		await turnOnDevices(page);
		pages.push(page);
	}
	const frames = await startLesson(pages[0]!, pages[1]!);
	await closePages(pages);
	return frames;
}

function report(ours: FirstFrames[], baseline: FirstFrames[], version: string): Report {
	const of = (runs: FirstFrames[], side: keyof FirstFrames) => runs.map((run) => run[side]);
	const slowest = p95(of(ours, 'both'));
	return {
		title: `Click on “Start session” to the first remote frame (${RUNS} alternating runs, fresh contexts, Chromium ${version})`,
		ours: 'PeerLearn',
		baseline: 'bare WebRTC',
		figures: [
			figure('both sides, median', 'ms', median(of(ours, 'both')), median(of(baseline, 'both'))),
			figure('both sides, p95', 'ms', slowest, p95(of(baseline, 'both')), {
				words: '≤ 1000 ms',
				met: slowest <= 1_000
			}),
			figure(
				'the one who starts, median',
				'ms',
				median(of(ours, 'starter')),
				median(of(baseline, 'starter'))
			),
			figure('the one who waited, median', 'ms', median(of(ours, 'other')), median(of(baseline, 'other')))
		],
		notes: [
			'Of ten runs the p95 is the slowest. A frame counts once it is presented in a video that can be seen.',
			'The same browser, flags, camera constraints and kind of contexts; in the baseline the one who clicks calls.'
		],
		raw: { ours, baseline }
	};
}

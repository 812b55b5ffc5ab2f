import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { figure, type Report } from './figures.ts';
import { closePages, enterLobby, openBrowser, openPage, startLesson } from './lesson.ts';
import { atDesk } from './people.ts';
import { startProduct } from './product.ts';

/** What the room page may weigh before the whiteboard is opened, gzipped kB of 1,000 bytes. */
const AIM = 150;

interface Script {
	path: string;
	/** Bytes as they are, gzipped at level 9, and as the server sent them. */
	plain: number;
	gzip: number;
	sent: number;
	/** Named by the page or in its headers, so loaded before anything can be done; the others are fetched later. */
	first: boolean;
}

/** All JavaScript that the room page loads until two people see each other. */
export async function measureSize(): Promise<Report> {
	const product = await startProduct((config) =>
		atDesk(config, async (desk) => {
			const mentor = await desk.signIn('Mentor', 'mentor');
			const learner = await desk.signIn('Learner', 'learner');
			return { mentor, learner, roomCode: await desk.plan('scheduled', mentor, [learner]) };
		})
	);
	const { origin, prepared } = product;
	const url = `${origin}/session/${prepared.roomCode}`;
	try {
		const browser = await openBrowser();
		try {
			const mentor = await openPage(browser, origin, prepared.mentor);
			const learner = await openPage(browser, origin, prepared.learner);
			const collected = [mentor, learner].map(collectScripts);
			await enterLobby(mentor, url);
			await enterLobby(learner, url);
			await startLesson(mentor, learner);
			await Promise.all([mentor, learner].map((page) => page.waitForLoadState('networkidle')));
			const [ofMentor, ofLearner] = await Promise.all(collected.map((finish) => finish()));
			await closePages([mentor, learner]);
			return report(ofMentor!, ofLearner!);
		} finally {
			await browser.close();
		}
	} finally {
		await product.stop();
	}
}

/** Notes every script a page loads; the answer reads them. */
function collectScripts(page: Page): () => Promise<Script[]> {
	const responses: Response[] = [];
	page.on('response', (response) => responses.push(response));
	return async () => {
		const document = responses.find((response) => response.request().isNavigationRequest())!;
		const html = await document.text();
		// Preloads stand in a header, so that the browser fetches them before it has read the page.
		const named = html + (await document.headerValue('link'));
		const scripts = responses.filter((response) =>
			/javascript/.test(response.headers()['content-type'] ?? '')
		);
		const files = await Promise.all(scripts.map((response) => weigh(response, named)));
		return [...files, ...inlineScripts(html)].sort((a, b) => b.gzip - a.gzip);
	};
}

async function weigh(response: Response, named: string): Promise<Script> {
	const body = await response.body();
	const { responseBodySize } = await response.request().sizes();
	const path = new URL(response.url()).pathname;
	return {
		path,
		plain: body.length,
		gzip: gzipSync(body, { level: 9 }).length,
		sent: responseBodySize,
		first: named.includes(path.slice(path.lastIndexOf('/') + 1))
	};
}

function inlineScripts(html: string): Script[] {
	return [...html.matchAll(/<script\b[^>]*>([\s\S]+?)<\/script>/g)].map(([, text], nth) => {
		const gzip = gzipSync(text!, { level: 9 }).length;
		return { path: `inline script ${nth + 1}`, plain: text!.length, gzip, sent: gzip, first: true };
	});
}

function report(ofMentor: Script[], ofLearner: Script[]): Report {
	const kB = (scripts: Script[], of: 'plain' | 'gzip' | 'sent') =>
		scripts.reduce((sum, script) => sum + script[of], 0) / 1_000;
	const first = ofMentor.filter((script) => script.first);
	const later = ofMentor.filter((script) => !script.first);
	const all = kB(ofMentor, 'gzip');
	const aim = (part: number) => figure('', 'kB', part, AIM);
	return {
		title: 'JavaScript of the room page until the call runs (gzip level 9, 1 kB = 1,000 bytes)',
		ours: 'room page',
		baseline: 'aim',
		figures: [
			figure('everything, as the mentor', 'kB', all, AIM, { words: `under ${AIM} kB`, met: all < AIM }),
			{ ...aim(kB(ofLearner, 'gzip')), name: 'everything, as a learner' },
			{ ...aim(kB(first, 'gzip')), name: `first load (${first.length} files)` },
			{ ...aim(kB(later, 'gzip')), name: `loaded later (${later.length} files)` },
			{ ...aim(kB(ofMentor, 'sent')), name: 'everything, as sent over the wire' },
			{ ...aim(kB(ofMentor, 'plain')), name: 'everything, not compressed' }
		],
		notes: [
			'The largest files:',
			...ofMentor
				.slice(0, 8)
				.map(
					({ path, gzip, first }) =>
						`  ${(gzip / 1_000).toFixed(1).padStart(5)} kB  ${first ? 'first' : 'later'}  ${path}`
				)
		],
		raw: { mentor: ofMentor, learner: ofLearner }
	};
}

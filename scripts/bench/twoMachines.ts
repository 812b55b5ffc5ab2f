import type { Page } from '@playwright/test';
import { logFrames } from '../../tests/support/frameLog.ts';
import { openOwnNetwork, type OwnNetwork } from '../../tests/support/ownNetwork.ts';
import { peerServerProcess, type PeerServerProcess } from '../../tests/support/peerServerProcess.ts';
import { emptyFolder } from '../../tests/support/sampleFolder.ts';
import { SECRET, startWorld, type Person } from '../../tests/support/world.ts';
import { freePort, startServer } from './child.ts';
import { enterLobby, openBrowser, openPage, startLesson } from './lesson.ts';

/** Two browsers on machines of their own and the servers on a third, with cables that can be cut. */
export interface TwoMachines {
	network: OwnNetwork;
	peerServer: PeerServerProcess;
	/** Mentor and learner of the product in a call; new pictures are logged. */
	openOurs(): Promise<Page[]>;
	/** Two pages with a bare connection; see bareRecovery.html. */
	openBare(way: 'restart' | 'alone'): Promise<Page[]>;
	close(): Promise<void>;
}

const EVERYWHERE = '0.0.0.0';
const PATIENCE = 20_000;

export async function openTwoMachines(): Promise<TwoMachines> {
	const network = await openOwnNetwork();
	const { prefix, browserFlags: flags } = network;
	const port = await freePort();
	const peerServerUrl = `http://localhost:${port}`;
	const world = await startWorld({
		...{ prefix, peerServerUrl, env: { HOST: EVERYWHERE } },
		dataDir: await emptyFolder()
	});
	const peerServer = peerServerProcess({ port, origin: world.url, secret: SECRET, host: EVERYWHERE, prefix });
	await peerServer.start();
	const bare = await startServer('bareCallServer.ts', prefix);
	const browsers = await Promise.all(
		(['one', 'two'] as const).map((where) =>
			openBrowser({ wrap: (command) => network.wrap(command, where), flags })
		)
	);
	let constraints: MediaStreamConstraints = { audio: true, video: true };

	return {
		network,
		peerServer,
		async openOurs() {
			const lesson = await world.classroom();
			const people = [lesson.mentor, lesson.learners[0]!];
			const pages: Page[] = [];
			for (const [nth, person] of people.entries()) {
				const page = await openPage(browsers[nth]!, world.url, signedIn(person));
				await enterLobby(page, world.url + lesson.path);
				pages.push(page);
			}
			await startLesson(pages[0]!, pages[1]!);
			constraints = await pages[0]!.evaluate(() => window.benchMarks.constraints!);
			for (const page of pages) await logFrames(page, /^Video of /);
			return pages;
		},
		async openBare(way) {
			const origin = `http://localhost:${bare.port}`;
			const query = new URLSearchParams({ room: way, [way]: '', constraints: JSON.stringify(constraints) });
			const pages: Page[] = [];
			for (const browser of browsers) {
				const page = await openPage(browser, origin, null);
				await page.goto(`${origin}/recovery?${query}`);
				pages.push(page);
			}
			for (const page of pages) {
				await page.getByLabel(/^Video of /).waitFor({ timeout: PATIENCE });
				await logFrames(page, /^Video of /);
			}
			return pages;
		},
		async close() {
			for (const browser of browsers) await browser.close();
			await bare.stop();
			await peerServer.kill();
			await world.close();
			network.close();
		}
	};
}

function signedIn({ id, name, role, login, csrf }: Person) {
	return { id, name, role, cookie: login, csrf };
}

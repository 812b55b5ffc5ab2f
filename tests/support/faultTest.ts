import { chromium, type Browser } from '@playwright/test';
import { test as lessonTest } from './lessonTest.ts';
import { noOwnNetwork, openOwnNetwork, type Machine, type OwnNetwork } from './ownNetwork.ts';
import { peerServerProcess, type PeerServerProcess } from './peerServerProcess.ts';
import { quietPort } from './quietPort.ts';
import { SECRET, startWorld, type World } from './world.ts';

export { expect } from '@playwright/test';

/** A browser that can be frozen, as when its machine hangs or is carried out of the room. */
export interface FreezableBrowser {
	browser: Browser;
	/** All its processes stop, or go on as if nothing had been. */
	freeze(): void;
	thaw(): void;
	/** All of them die at once: a crash. */
	kill(): void;
}

interface FaultFixtures {
	/** A browser with processes of its own, on one of the two machines of these tests. */
	launchFreezable(where: Machine): Promise<FreezableBrowser>;
}

interface FaultPlaces {
	/** What the app is told besides. */
	worldEnv: Record<string, string>;
	peerPort: number;
	/** Null where this machine cannot have one. */
	network: OwnNetwork | null;
	peerServer: PeerServerProcess;
}

/** Within a network of its own that is nobody else. */
const EVERYWHERE = '0.0.0.0';

/** Tests that break things: the app and its PeerServer as processes of their own, in a network that can be cut. */
export const test = lessonTest.extend<FaultFixtures, FaultPlaces & { world: World }>({
	worldEnv: [{}, { scope: 'worker', option: true }],

	peerPort: [async ({}, use) => use(await quietPort()), { scope: 'worker' }],

	network: [
		async ({}, use) => {
			const network = noOwnNetwork() === null ? await openOwnNetwork() : null;
			await use(network);
			network?.close();
		},
		{ scope: 'worker' }
	],

	world: [
		async ({ network, peerPort, worldEnv }, use) => {
			const world = await startWorld({
				...{ prefix: network?.prefix, peerServerUrl: `http://localhost:${peerPort}` },
				env: { ...worldEnv, ...(network ? { HOST: EVERYWHERE } : {}) }
			});
			await use(world);
			await world.close();
		},
		{ scope: 'worker' }
	],

	peerServer: [
		async ({ network, world, peerPort }, use) => {
			const server = peerServerProcess({
				...{ port: peerPort, origin: world.url, secret: SECRET },
				...(network ? { prefix: network.prefix, host: EVERYWHERE } : {})
			});
			await server.start();
			await use(server);
			await server.kill();
		},
		{ scope: 'worker' }
	],

	launchFreezable: async ({ launchOptions, network, peerServer: _ }, use) => {
		const servers: Awaited<ReturnType<typeof chromium.launchServer>>[] = [];
		await use(async (where) => {
			const executable = launchOptions.executablePath ?? chromium.executablePath();
			const server = await chromium.launchServer({
				executablePath: network ? network.wrap(executable, where) : executable,
				args: [...(launchOptions.args ?? []), ...(network?.browserFlags ?? [])]
			});
			servers.push(server);
			const { pid } = server.process();
			const tell = (signal: NodeJS.Signals) => {
				// The group: the browser, its pages and its network.
				if (pid) process.kill(-pid, signal);
			};
			const browser = await chromium.connect(server.wsEndpoint());
			return {
				browser,
				freeze: () => tell('SIGSTOP'),
				thaw: () => tell('SIGCONT'),
				kill: () => tell('SIGKILL')
			};
		});
		await Promise.all(servers.map((server) => server.close()));
	}
});

import type { WebSocketRoute } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { prompt, pullOut } from '../support/deviceTrouble.ts';
import { expect, test } from '../support/lessonTest.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { settledBox } from '../support/settledBox.ts';

/** The server socket of one page, which can be cut or closed with a code; media goes on. */
async function holdLine({ page }: RoomPage) {
	const open = new Set<WebSocketRoute>();
	let cut = false;
	await page.routeWebSocket(/\/trpc/, (socket) => {
		if (cut) return void socket.close();
		open.add(socket);
		socket.connectToServer();
	});
	const closeAll = (code?: number) => {
		for (const socket of open) void socket.close(code ? { code } : undefined);
		open.clear();
	};
	return {
		cut() {
			cut = true;
			closeAll();
		},
		refuse: () => closeAll(4401)
	};
}

async function expectFit({ page }: RoomPage, where: string): Promise<void> {
	await expectNoViolation(page, where);
	const [shown, there] = await page.evaluate(() => [
		document.documentElement.scrollWidth,
		document.documentElement.clientWidth
	]);
	expect(shown, where).toBeLessThanOrEqual(there!);
}

for (const { name, width, height, colorScheme } of [
	{ name: 'narrow and dark', width: 320, height: 640, colorScheme: 'dark' },
	{ name: 'wide and light', width: 1280, height: 800, colorScheme: 'light' }
] as const) {
	test(`[Y1] axe finds nothing while something is wrong, and all of it fits (${name})`, async ({
		world,
		open
	}) => {
		test.slow();
		const lesson = await world.classroom();
		const options = {
			context: { viewport: { width, height }, colorScheme },
			expectErrors: /WebSocket|ERR_INTERNET_DISCONNECTED|login/
		};
		const mentor = await open(lesson.mentor, options);
		const learner = await open(lesson.learners[0]!, options);
		const line = await holdLine(learner);
		for (const person of [mentor, learner]) {
			await person.goTo(lesson);
			await person.turnOnDevices();
		}
		await pullOut(learner, 'camera');
		await expect(prompt(learner.page)).toBeVisible();
		await expectFit(learner, 'a camera pulled out in the lobby');
		await mentor.button('Start session').click();
		for (const person of [mentor, learner]) await person.inCall();
		await expect(prompt(learner.page)).toBeVisible();
		await expectFit(learner, 'a camera pulled out in the room');
		// The stage is still there above it, and the controls below.
		const stage = await settledBox(learner.page.getByRole('region', { name: 'Stage' }));
		expect(stage.height).toBeGreaterThan(height * 0.3);
		const bar = await settledBox(learner.toolbar);
		expect(bar.y + bar.height).toBeLessThanOrEqual(height);
		await learner.button('Continue with audio only').click();

		// It goes by itself: looked for before it comes.
		const signIn = learner.page.getByRole('banner').getByRole('link', { name: 'Sign in' });
		const shown = signIn.waitFor();
		line.refuse();
		await shown;
		await expectFit(learner, 'signed out');
		// The login is still good, and the page finds that out by itself (spec T10).
		await expect(signIn).toHaveCount(0);

		const banner = learner.page.getByRole('region', { name: 'Connection' });
		await learner.page.context().setOffline(true);
		await expect(banner).toContainText('You’re offline. Session paused.');
		await expectFit(learner, 'offline');
		await learner.page.context().setOffline(false);
		await expect(banner.getByText('You’re offline. Session paused.')).toHaveCount(0);

		// After some seconds the other one has left: looked for before it comes, and first.
		const told = mentor.page.getByText(`${learner.person.name} is reconnecting`).first().waitFor();
		line.cut();
		await told;
		await expectFit(mentor, 'the other one is reconnecting');
		await expect(learner.page.getByText('Reconnecting…').filter({ visible: true }).first()).toBeVisible();
		await expectFit(learner, 'the server socket is lost');
	});
}

import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear } from '../support/mediaProbe.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { resize } from '../support/settledBox.ts';

/** What the connections of a page send: each track’s kind, and whether a camera or microphone gives it. */
function sent(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { connections, tracks } = window.mediaProbe;
		const devices = new Set(tracks.map(({ track }) => track.id));
		return connections
			.filter(({ connectionState }) => connectionState === 'connected')
			.flatMap((connection) => connection.getSenders())
			.flatMap(({ track }) =>
				track ? [`${track.kind} ${devices.has(track.id) ? 'device' : 'nothing'}`] : []
			)
			.sort();
	});
}

async function openDetails(person: RoomPage) {
	await person.control('More options').click();
	await person.page.getByRole('menuitem', { name: /^Connection details/ }).click();
	return person.page.getByRole('dialog', { name: 'Connection details' });
}

async function safetyPhrase(person: RoomPage): Promise<string> {
	const details = await openDetails(person);
	const phrase = details.getByLabel('Safety phrase', { exact: true });
	await expect(phrase).toHaveText(/^([a-z]+ ){4}[a-z]+$/);
	const words = (await phrase.innerText()).trim();
	await person.page.keyboard.press('Escape');
	await expect(details).toBeHidden();
	return words;
}

test('[L4] [L5] [C1] in the lobby the path is found with nothing of the devices, kept for the lesson, and proved by the same five words on both sides', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const people = await Promise.all([lesson.mentor, lesson.learners[0]!].map((person) => open(person)));
	const [mentor, learner] = people as [RoomPage, RoomPage];
	for (const person of people) {
		await person.goTo(lesson);
		await person.turnOnDevices();
	}
	for (const [here, there] of [
		[mentor, learner],
		[learner, mentor]
	] as const) {
		const first = there.person.name.split(' ')[0];
		await expect(
			here.page.getByRole('list', { name: 'Connections' }).getByText(`Connection to ${first} is ready`)
		).toBeVisible();
		// It begins by itself once devices are on. Meanwhile the page has connections with itself too.
		await expect(here.page.getByText('Your connection is ready for a lesson.')).toBeVisible();
		await expect.poll(() => sent(here.page)).toEqual(['audio nothing', 'video nothing']);
		await expect(here.page.getByRole('switch', { name: 'Always relay' })).toBeDisabled();
		await expect(here.page.getByText(/^Not available: no relay is set up here/)).toBeVisible();
	}
	await expectNoViolation(mentor.page, 'lobby with the check of the connection');

	const made = () =>
		Promise.all(people.map(({ page }) => page.evaluate(() => window.mediaProbe.connections.length)));
	const before = await made();
	await mentor.button('Start session').click();
	await Promise.all(people.map((person) => person.inCall()));
	for (const { page } of people) {
		await expect.poll(() => sent(page)).toEqual(['audio device', 'video device']);
		await expectToSeeAndHear(page);
	}
	expect(await made()).toEqual(before);

	const phrase = await safetyPhrase(mentor);
	expect(await safetyPhrase(learner)).toBe(phrase);

	// Another page is another call, whoever has it.
	await learner.page.reload();
	await learner.inCall();
	const other = await safetyPhrase(learner);
	expect(other).not.toBe(phrase);
	await expect.poll(() => safetyPhrase(mentor)).toBe(other);
});

test('[L4] [F1] “Test my setup” tells days before whether a lesson would work, without one', async ({
	world,
	open
}) => {
	const person = await open(await world.person('learner', 'Ada Lovelace'), {
		expectErrors: /\/peerjs/
	});
	const { page } = person;
	await page.goto('/dashboard');
	await page.getByRole('button', { name: /Account of/ }).click();
	await page.getByRole('link', { name: 'Test my setup' }).click();
	await expect(page).toHaveTitle('Test my setup – PeerLearn');
	await expect(page.getByText('Turn on your camera and microphone to test them.')).toBeVisible();
	const connection = page.getByRole('region', { name: 'Connection' });
	await expect(connection.getByRole('status')).toHaveText('Your connection is ready for a lesson.');
	await expect(connection.getByRole('listitem')).toHaveText([
		/PeerLearn server\s*Reached, \d+ ms/,
		/Call set-up\s*Reached/,
		/Calls in this browser\s*Sound and picture can be sent/
	]);
	await person.turnOnDevices();
	await expect(page.getByText('Everything works. You are ready for your lesson.')).toBeVisible();
	await expectNoViolation(page, 'setup');

	// A call set-up that is not reached is told, with what helps.
	await page.routeWebSocket(/\/peerjs/, (socket) => socket.close());
	await connection.getByRole('button', { name: 'Check again' }).click();
	await expect(connection.getByRole('status')).toHaveText('Something is in the way of a lesson.');
	await expect(page.getByText(/Something is in the way of a lesson: see what helps/)).toBeVisible();
	await resize(page, { width: 320, height: 640 });
	await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

import { expect, type Locator, type Page } from '@playwright/test';
import { expectToSeeAndHear } from './mediaProbe.ts';
import type { Lesson, Person } from './world.ts';

/** One person's browser page, spoken to as people do: by the names on it. */
export interface RoomPage {
	page: Page;
	person: Person;
	toolbar: Locator;
	/** A button of the call controls. */
	control(name: string | RegExp): Locator;
	button(name: string): Locator;
	/** Somebody else's picture. */
	videoOf(person: Pick<Person, 'name'>): Locator;
	/** Somebody's line in the list of people in the room. */
	lineOf(person: Pick<Person, 'name'>): Locator;
	timer: Locator;
	chat: Locator;
	goTo(lesson: Pick<Lesson, 'path'>): Promise<void>;
	turnOnDevices(): Promise<void>;
	say(text: string): Promise<void>;
	/** Waits until the call controls are there and usable. */
	inCall(): Promise<void>;
}

export function createRoomPage(page: Page, person: Person): RoomPage {
	const toolbar = page.getByRole('toolbar', { name: 'Call controls', exact: true });
	const control = (name: string | RegExp) => toolbar.getByRole('button', { name, exact: true });
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	return {
		page,
		person,
		toolbar,
		control,
		button,
		videoOf: ({ name }) => page.getByLabel(`Video of ${name}`, { exact: true }),
		lineOf: ({ name }) =>
			page.getByRole('list', { name: 'People in the room' }).getByRole('listitem').filter({ hasText: name }),
		timer: page.getByRole('timer', { name: 'Elapsed time' }),
		chat: page.getByRole('log', { name: 'Chat messages' }),
		async goTo({ path }) {
			await page.goto(path);
		},
		async turnOnDevices() {
			await button('Turn on camera and microphone').click();
			await expect(button('Turn camera off')).toBeVisible();
		},
		async say(text) {
			const field = page.getByRole('textbox', { name: 'Message' });
			await field.fill(text);
			await field.press('Enter');
		},
		async inCall() {
			await expect(toolbar).toBeVisible();
			// Present with either name, and not disabled: the call is up.
			await expect(toolbar.getByRole('button', { name: /microphone$/ })).toBeEnabled();
		}
	};
}

/** A list as it is read: the lobby's “Waiting learners”. */
export function waitingLearners(page: Page): Locator {
	return page.getByRole('list', { name: 'Waiting learners' });
}

/** Everybody sees and hears all the others. */
export async function expectCallOfAll(people: readonly RoomPage[]): Promise<void> {
	await Promise.all(people.map((person) => person.inCall()));
	await Promise.all(people.map(({ page }) => expectToSeeAndHear(page, people.length - 1)));
}

/**
 * Starts a lesson of two with their devices on, in which the PeerServer does not answer the learner, so that there is no call.
 * What comes back makes it answer.
 */
export async function startWithoutCall(
	lesson: Pick<Lesson, 'path'>,
	mentor: RoomPage,
	learner: RoomPage
): Promise<() => void> {
	let answering = false;
	await learner.page.routeWebSocket(/\/peerjs/, (socket) => {
		if (answering) socket.connectToServer();
		else void socket.close();
	});
	for (const person of [mentor, learner]) {
		await person.goTo(lesson);
		await person.turnOnDevices();
	}
	await mentor.button('Start session').click();
	return () => {
		answering = true;
	};
}

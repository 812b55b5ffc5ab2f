import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear, trackStates } from '../support/mediaProbe.ts';
import { expectToast } from '../support/noticeLog.ts';
import { createRoomPage, expectCallOfAll } from '../support/roomPage.ts';

test('[C3] [M4] leaving is no end, for the mentor neither: “You left”, “Rejoin”, and the call is back', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	await learner.control('Leave session').click();
	await expect(learner.page.getByRole('heading', { name: 'You left' })).toBeVisible();
	await expect
		.poll(async () => new Set(await trackStates(learner.page, 'camera')))
		.toEqual(new Set(['ended']));
	await expect(mentor.page.getByText('1 in the room')).toBeVisible();
	await expectToast(mentor.page, 'Alan Turing left');
	expect((await world.session(lesson)).status).toBe('live');

	await learner.button('Rejoin').click();
	await expectToast(mentor.page, 'Alan Turing joined');
	await expectCallOfAll([mentor, learner]);
	await expect(learner.control('Turn camera off')).toBeVisible();

	// The mentor may leave without ending, under “More options”.
	await mentor.control('More options').click();
	await mentor.page.getByRole('menuitem', { name: /Leave without ending/ }).click();
	await expect(mentor.page.getByRole('heading', { name: 'You left' })).toBeVisible();
	await expect(learner.page.getByText('1 in the room')).toBeVisible();
	await expect(learner.toolbar).toBeVisible();
	await mentor.button('Rejoin').click();
	await expectCallOfAll([mentor, learner]);
});

test('[L4] [L5] whoever first comes to a live session gets the device card with “Join session”', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	await mentor.goTo(lesson);
	await mentor.turnOnDevices();
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();

	const learner = await open(lesson.learners[0]!);
	await learner.goTo(lesson);
	await expect(learner.button('Join session')).toBeVisible();
	expect(await learner.page.evaluate(() => window.mediaProbe.asked.devices)).toBe(0);
	await learner.turnOnDevices();
	await expect(mentor.page.getByText('1 in the room')).toBeVisible();
	await learner.button('Join session').click();
	await expectToast(mentor.page, 'Alan Turing joined');
	await expectCallOfAll([mentor, learner]);
	expect(await learner.page.evaluate(() => window.mediaProbe.asked.devices)).toBe(1);
});

test('[T8] [L4] a reload comes back to the same seat with devices and call, without a question', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	for (const person of [learner, mentor]) {
		await person.page.reload();
		await expectCallOfAll([mentor, learner]);
		await expect(person.control('Turn camera off')).toBeVisible();
		await expect(person.control('Mute microphone')).toBeVisible();
	}
	for (const { page } of [mentor, learner]) await expect(page.getByText('2 in the room')).toBeVisible();
});

test(
	'[T8] [L4] a closed tab is gone for the others at once, and a new one is back in the call by itself',
	{
		tag: '@alone'
	},
	async ({ world, inCall }) => {
		const lesson = await world.classroom();
		const [mentor, learner] = await inCall(lesson);
		const context = learner.page.context();
		const at = Date.now();
		await learner.page.close({ runBeforeUnload: true });
		await expect(mentor.page.getByText('1 in the room')).toBeVisible({ timeout: 5_000 });
		expect(Date.now() - at).toBeLessThan(5_000);
		const entry = (await world.log(lesson)).at(-1);
		expect([entry?.type, entry?.payload]).toEqual(['learner.leave', { reason: 'goodbye' }]);

		const again = createRoomPage(await context.newPage(), learner.person);
		await again.goTo(lesson);
		await expectCallOfAll([mentor, again]);
		for (const name of ['Turn camera off', 'Mute microphone'])
			await expect(again.control(name)).toBeVisible();
		// Whoever has left is asked before they are seen again.
		await again.control('Leave session').click();
		await expect(again.button('Rejoin')).toBeVisible();
		await again.page.reload();
		await expect(again.button('Join session')).toBeVisible();
	}
);

test('[T9] a second tab takes the seat; the first says so and offers “Continue here”', async ({
	world,
	inCall,
	open
}) => {
	const lesson = await world.classroom();
	const [mentor, first] = await inCall(lesson);
	const second = await open(first.person);
	await second.goTo(lesson);
	await second.turnOnDevices();
	await second.button('Join session').click();
	await expect(first.button('Continue here')).toBeVisible();
	await expect.poll(async () => new Set(await trackStates(first.page, 'camera'))).toEqual(new Set(['ended']));
	await expectCallOfAll([mentor, second]);
	await expect(mentor.page.getByText('2 in the room')).toBeVisible();

	await first.button('Continue here').click();
	await expect(second.button('Continue here')).toBeVisible();
	await expectCallOfAll([mentor, first]);
});

test('[L2] [L3] arrivals show live in the lobby, and a departure too', async ({ world, open }) => {
	const lesson = await world.classroom({ names: ['Grace Hopper', 'Alan Turing', 'Ada Lovelace'] });
	const mentor = await open(lesson.mentor);
	await mentor.goTo(lesson);
	const waiting = mentor.page.getByRole('list', { name: 'Waiting learners' });
	await expect(waiting.getByRole('listitem')).toHaveCount(0);
	const learners = [];
	for (const [index, person] of lesson.learners.entries()) {
		const learner = await open(person);
		await learner.goTo(lesson);
		await expectToast(mentor.page, `${person.name} is waiting in the room`);
		await expect(waiting.getByRole('listitem')).toHaveCount(index + 1);
		learners.push(learner);
	}
	await learners[0]!.page.goto('/');
	await expect(waiting.getByRole('listitem')).toHaveCount(1);
	await expect(waiting).toContainText('Ada Lovelace');
});

test('[S2] [T10] signing out elsewhere ends the room with a way back, not with silence', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	// The page's goodbye comes from somebody who is signed out by then, and so does its next try at a socket.
	const learner = await open(lesson.learners[0]!, { expectErrors: /goodbye|WebSocket|401/ });
	await learner.goTo(lesson);
	await expect(learner.page.getByText('Waiting for mentor…')).toBeVisible();
	const other = await learner.page.context().newPage();
	await other.goto('/');
	await other.getByRole('button', { name: /Account of/ }).click();
	await other.getByRole('button', { name: 'Sign out' }).click();
	await expect(other.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
	const signIn = learner.page.getByRole('link', { name: 'Sign in' });
	await expect(signIn.first()).toBeVisible();
	await expect(signIn.first()).toHaveAttribute('href', `/login?next=${encodeURIComponent(lesson.path)}`);
});

test('[T1] [T2] [T3] the call goes on and nothing is lost while the server restarts', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson, { expectErrors: /WebSocket|ERR_|50[0-9]/ });
	for (const { control } of [mentor, learner]) await control('Open chat').click();
	await mentor.say('before');
	await expect(learner.chat).toContainText('before');
	await world.restart(async () => {
		await learner.say('while away');
		await expect(learner.chat).toContainText('while away');
		await expectToSeeAndHear(mentor.page);
	});
	await expect(mentor.chat).toContainText('while away');
	await mentor.say('after');
	for (const { chat } of [mentor, learner])
		await expect(chat).toContainText(/before[\s\S]*while away[\s\S]*after/);
	await expectCallOfAll([mentor, learner]);
	const texts = (await world.log(lesson)).filter(({ type }) => type === 'chat.message');
	expect(texts.map(({ payload }) => payload.text)).toEqual(['before', 'while away', 'after']);
});

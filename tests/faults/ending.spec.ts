import { expect, test } from '../support/callTest.ts';
import { noOwnNetwork } from '../support/ownNetwork.ts';
import { expectToast } from '../support/noticeLog.ts';

const noNetwork = noOwnNetwork();

test.describe('ending and leaving without a network', () => {
	test.skip(noNetwork !== null, noNetwork ?? '');

	test('[F1] [T1] the mentor is out at once, and the session ends for everybody when the server is reached', async ({
		world,
		call,
		network
	}) => {
		const { lesson, mentor, learner } = call;
		network!.cutAll();
		await mentor.control('End session').click();
		await mentor.button('End for everyone').click();
		await expect(mentor.page.getByRole('heading', { name: 'Ending the session…' })).toBeVisible();
		expect((await world.session(lesson)).status).toBe('live');
		network!.mend();
		await expect(mentor.page.getByRole('dialog', { name: 'Wrap up the lesson' })).toBeVisible();
		await expect(learner.page.getByRole('dialog', { name: 'Rate your mentor' })).toBeVisible();
		expect(await world.session(lesson)).toMatchObject({ status: 'completed', endReason: 'mentor' });
	});

	test('[C3] [T8] whoever leaves is out at once, and the others see it when the server is reached', async ({
		call,
		network
	}) => {
		const { mentor, learner } = call;
		network!.cutAll();
		await learner.control('Leave session').click();
		await expect(learner.page.getByRole('heading', { name: 'You left' })).toBeVisible();
		network!.mend();
		await expectToast(mentor.page, `${learner.person.name} left`);
		await learner.button('Rejoin').click();
		await learner.inCall();
	});
});

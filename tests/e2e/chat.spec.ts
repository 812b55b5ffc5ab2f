import { expect, test } from '../support/lessonTest.ts';

test('[X1] messages go both ways, in order, with an unread count and none lost by closing', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson);
	await expect(learner.chat).toHaveCount(0);
	await mentor.control('Open chat').click();
	await mentor.say('Hello Alan');
	await mentor.say('Can you hear me?');
	await expect(learner.control('Open chat')).toHaveAccessibleDescription('2 unread messages');

	await learner.control('Open chat').click();
	await expect(learner.chat).toContainText(/Hello Alan[\s\S]*Can you hear me\?/);
	await learner.say('Yes!');
	await expect(mentor.chat).toContainText('Yes!');
	await expect(mentor.chat).not.toContainText('Sending');

	await learner.control('Close chat').click();
	await expect(learner.chat).toHaveCount(0);
	await mentor.say('Good');
	await expect(learner.control('Open chat')).toHaveAccessibleDescription('1 unread message');
	await learner.control('Open chat').click();
	for (const { chat } of [mentor, learner])
		await expect(chat).toContainText(/Hello Alan[\s\S]*Can you hear me\?[\s\S]*Yes![\s\S]*Good/);
	expect(await world.log(lesson)).toEqual(
		expect.arrayContaining([expect.objectContaining({ type: 'chat.message', payload: { text: 'Good' } })])
	);
});

test('[X1] late joiners and reloads see all of it', async ({ world, open, inRoom }) => {
	const lesson = await world.classroom({ names: ['Grace Hopper', 'Alan Turing', 'Ada Lovelace'] });
	const [grace, alan] = await inRoom({ ...lesson, learners: [lesson.learners[0]!] });
	await grace.control('Open chat').click();
	for (const text of ['first', 'second', 'third']) await grace.say(text);
	await expect(grace.chat).toContainText('third');

	const ada = await open(lesson.learners[1]!);
	await ada.goTo(lesson);
	await ada.button('Join session').click();
	await ada.control('Open chat').click();
	await expect(ada.chat).toContainText(/first[\s\S]*second[\s\S]*third/);
	await alan.page.reload();
	await alan.control('Open chat').click();
	await expect(alan.chat).toContainText(/first[\s\S]*second[\s\S]*third/);
});

test('[X1] [S6] links are safe to follow, and everything else is text', async ({ world, inRoom }) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson);
	await learner.control('Open chat').click();
	await mentor.control('Open chat').click();
	const hostile = '<img src=x onerror="window.pwned=1"> javascript:alert(1) https://example.org/a?b=1#c.';
	await learner.say(hostile);
	await expect(mentor.chat).toContainText(hostile);
	const links = mentor.chat.getByRole('link');
	await expect(links).toHaveCount(1);
	await expect(links).toHaveAttribute('href', 'https://example.org/a?b=1#c');
	await expect(links).toHaveAttribute('target', '_blank');
	await expect(links).toHaveAttribute('rel', /noopener/);
	await expect(links).toHaveAttribute('rel', /noreferrer/);
	await expect(mentor.chat.getByRole('img')).toHaveCount(0);
	expect(await mentor.page.evaluate(() => 'pwned' in window)).toBe(false);
});

test('[X1] Shift+Enter makes a line, blanks are no message, and 2,000 characters are the limit', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson);
	await mentor.control('Open chat').click();
	await learner.control('Open chat').click();
	const field = mentor.page.getByRole('textbox', { name: 'Message' });
	await field.fill('   ');
	await field.press('Enter');
	await field.fill('two');
	await field.press('Shift+Enter');
	await field.pressSequentially('lines');
	await field.press('Enter');
	await expect(field).toHaveValue('');
	await expect(learner.chat).toContainText('two\nlines', { useInnerText: true });
	await mentor.say('y'.repeat(2_500));
	await expect(learner.chat).toContainText('y'.repeat(2_000));
	await expect(learner.chat).not.toContainText('y'.repeat(2_001));
	expect((await world.log(lesson)).filter(({ type }) => type === 'chat.message')).toHaveLength(2);
});

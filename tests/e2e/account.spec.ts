import { expect, test } from '../support/lessonTest.ts';
import { expectNoViolation } from '../support/axe.ts';
import { downloaded } from '../support/exportedFile.ts';
import { linkIn } from '../support/mailbox.ts';
import { PASSWORD } from '../support/world.ts';

/** The page’s goodbye comes from somebody who is signed out by then, and a socket is refused. */
const SIGNED_OUT = /goodbye|WebSocket|40[01]/;

test('[A1] one’s account: picture, profile, password, data, and the end of it', async ({ world, open }) => {
	const lesson = await world.classroom({ names: ['Maya Okafor', 'Noor Haddad'] });
	const [noor, maya] = [
		await open(lesson.learners[0]!, { expectErrors: SIGNED_OUT, context: { timezoneId: 'Asia/Tokyo' } }),
		await open(lesson.mentor)
	];
	const { page } = noor;
	await maya.goTo(lesson);
	await page.goto('/dashboard');
	await page.getByRole('button', { name: /Account of/ }).click();
	await page.getByRole('link', { name: 'Your account' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();

	// A camera’s picture of several megabytes is made small before it is sent.
	const photo = await page.evaluate(async () => {
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [1_600, 1_200];
		const context = canvas.getContext('2d')!;
		const noise = context.createImageData(1_600, 1_200);
		for (let at = 0; at < noise.data.length; at += 1)
			noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
		context.putImageData(noise, 0, 0);
		return canvas.toDataURL('image/png').split(',')[1]!;
	});
	const buffer = Buffer.from(photo, 'base64');
	expect(buffer.length).toBeGreaterThan(2_000_000);
	await page.getByLabel('Choose picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
	await expect(page.getByRole('button', { name: 'Remove picture' })).toBeVisible();
	const face = page.getByRole('banner').locator('img');
	await expect.poll(() => face.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(512);

	// One form’s mistakes leave what was typed, there and in the others.
	await page.getByLabel('New e-mail').fill('half an address');
	await page.getByRole('button', { name: 'Use that of this device: Asia/Tokyo' }).click();
	await page.getByLabel('Name', { exact: true }).fill('');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Enter your name.')).toBeVisible();
	await page.getByLabel('Name', { exact: true }).fill('Noor of Tokyo');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Account of Noor of Tokyo' })).toBeVisible();
	await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo');
	await expect(page.getByLabel('New e-mail')).toHaveValue('half an address');
	await page.getByRole('button', { name: 'Change e-mail' }).click();
	await expect(page.getByText('This does not look like an e-mail.')).toBeVisible();
	await expectNoViolation(page, 'account with a picture, a saved profile and an error');

	await page.getByLabel('Current password').fill('not my password');
	await page.getByLabel('New password').fill('quite new words');
	await page.getByRole('button', { name: 'Change password' }).click();
	await expect(page.getByText('This password is not right.')).toBeVisible();
	await expect(page.getByLabel('New password')).toHaveValue('quite new words');
	await page.getByLabel('Current password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Change password' }).click();
	await expect(page.getByText('Your password is changed.')).toBeVisible();
	await expect(page.getByLabel('New password')).toHaveValue('');

	const { name, bytes } = await downloaded(page, page.getByRole('link', { name: 'Download my data' }));
	expect(name).toBe('peerlearn-my-data.json');
	expect(JSON.parse(bytes.toString()).profile).toMatchObject({ name: 'Noor of Tokyo', hasPicture: true });

	// The others see the face too, in the lesson as well.
	await noor.goTo(lesson);
	await maya.page.reload();
	await expect(maya.page.locator('img[src^="/people/"]').first()).toBeVisible();

	await page.goto('/account');
	await page.getByText('Delete my account…').click();
	await page.getByLabel('Password', { exact: true }).last().fill('quite new words');
	await expectNoViolation(page, 'deleting the account');
	await page.getByRole('button', { name: 'Delete account for good' }).click();
	await expect(page.getByText('Your account is deleted.')).toBeVisible();
});

test('[A1] [T10] a forgotten password: by the mail’s link and back in, without a reload', async ({
	world,
	open
}) => {
	const person = await world.person('learner', 'Noor Haddad');
	const { page } = await open(person, { signedIn: false, expectErrors: /410/ });
	await page.goto('/login');
	await page.getByRole('link', { name: 'Forgot your password?' }).click();
	// The page before has a field of the same name.
	const asked = page.getByRole('heading', { level: 1, name: 'Forgot your password?' });
	await expect(asked).toBeVisible();
	for (const email of ['mistyped@people.test', person.email]) {
		await page.getByLabel('E-mail').fill(email);
		await page.getByRole('button', { name: 'Send me a link' }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Look into your mailbox' })).toBeFocused();
		await expect(page.getByText(email)).toBeVisible();
		if (email === person.email) break;
		await page.getByRole('button', { name: 'Enter another address' }).click();
		await expect(asked).toBeFocused();
	}
	await expectNoViolation(page, 'a link was sent');
	const link = await linkIn(world, person.email, 'reset-password');
	await page.goto(link);
	await page.getByLabel('New password').fill('short');
	await page.getByRole('button', { name: 'Change password' }).click();
	await expect(page.getByText('at least 8 characters.', { exact: false }).first()).toBeVisible();
	await expectNoViolation(page, 'a new password that is too short');
	await page.getByLabel('New password').fill('quite new words');
	await page.getByRole('button', { name: 'Change password' }).click();
	await expect(page.getByText('Your password is changed.')).toBeVisible();
	await page.getByLabel('E-mail').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill('quite new words');
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page.getByRole('button', { name: /Account of Noor/ })).toBeVisible();
	await page.goto(link);
	await expect(page.getByText('This link no longer works')).toBeVisible();
	await expectNoViolation(page, 'a used link');
});

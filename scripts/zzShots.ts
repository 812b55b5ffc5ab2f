import { chromium } from '@playwright/test';
const origin = 'http://127.0.0.1:4320';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'] });
async function enter(email: string, options: object) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
	const page = await context.newPage();
	page.on('pageerror', (e) => console.log(email, 'ERR', e.message));
	page.on('console', (m) => { if (m.type() === 'error') console.log(email, m.text()); });
	await page.goto(`${origin}/login`);
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(process.env.PW!);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL('**/dashboard');
	return page;
}
const maya = await enter('maya@peerlearn.test', {});
const liam = await enter('liam@peerlearn.test', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
for (const [n, p] of [['maya', maya], ['liam', liam]] as const) {
	await p.goto(`${origin}/setup`);
	await p.waitForTimeout(1500);
	await p.screenshot({ path: `/tmp/shot-setup-${n}-before.png`, fullPage: true });
	await p.getByRole('button', { name: 'Turn on camera and microphone' }).click();
	await p.waitForTimeout(3000);
	await p.screenshot({ path: `/tmp/shot-setup-${n}.png`, fullPage: true });
}
await maya.goto(`${origin}${process.env.ROOM}`);
await liam.goto(`${origin}${process.env.ROOM}`);
for (const p of [maya, liam]) { const b = p.getByRole('button', { name: 'Turn on camera and microphone' }); if (await b.isVisible().catch(() => false)) await b.click(); }
await maya.waitForTimeout(4000);
await maya.screenshot({ path: '/tmp/shot-lobby-maya.png', fullPage: true });
await liam.screenshot({ path: '/tmp/shot-lobby-liam.png', fullPage: true });
await maya.getByRole('button', { name: 'Start session' }).click();
await maya.waitForTimeout(2500);
await maya.screenshot({ path: '/tmp/shot-room-maya.png' });
for (const [n, p] of [['maya', maya], ['liam', liam]] as const) {
	await p.getByRole('button', { name: 'More options' }).click();
	await p.getByRole('menuitem', { name: /^Connection details/ }).click();
	await p.waitForTimeout(2500);
	await p.screenshot({ path: `/tmp/shot-details-${n}.png` });
	await p.getByRole('switch', { name: 'Always relay' }).scrollIntoViewIfNeeded();
	await p.screenshot({ path: `/tmp/shot-details2-${n}.png` });
}
await browser.close();

import { chromium, type Page } from '@playwright/test';
import { startDemo } from '../tests/support/startDemo.ts';
import { ensureBuilt } from './buildApp.ts';
import { findBrowser } from './browser.ts';
import { LEARNER, MENTOR } from './portraits.ts';

/** Takes the pictures of the README: a real lesson between two browsers, and the mentor's dashboard (`npm run picture`). */
const LESSON = 'docs/images/lesson.png';
const DASHBOARD = 'docs/images/dashboard.png';
const CHAT = [
	['mentor', 'So the derivative is the slope of this line. What happens at the very top?'],
	['learner', 'It is flat there, so… zero?'],
	['mentor', 'Exactly. That is how we find maxima. Here is the exercise: https://example.org/maxima'],
	['learner', 'Great, I will try the first one now!']
] as const;

await ensureBuilt();
const found = await findBrowser();
if ('missing' in found) throw new Error(found.missing);
const demo = await startDemo({ startsIn: 0 });
const browser = await chromium.launch({
	...(found.path ? { executablePath: found.path } : { channel: 'chromium' }),
	args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
});

const mentor = await enter('maya@peerlearn.test', MENTOR);
const learner = await enter('liam@peerlearn.test', LEARNER);
await learner.getByText('Waiting for mentor…').waitFor();
await mentor.getByRole('button', { name: 'Start session' }).click();
for (const page of [mentor, learner]) await page.getByRole('button', { name: 'Open chat' }).click();
for (const [who, text] of CHAT) {
	const page = who === 'mentor' ? mentor : learner;
	await page.getByLabel('Message', { exact: true }).fill(text);
	await page.keyboard.press('Enter');
	await mentor.getByRole('log').getByText(text.slice(0, 20)).waitFor();
}
await learner.getByRole('button', { name: 'Raise hand' }).click();
await mentor.getByLabel('Message', { exact: true }).blur();
await mentor.mouse.move(0, 0);
// Sharp, and after the toasts have gone.
await mentor.waitForFunction(
	() =>
		[...document.querySelectorAll('video')].some(
			(video) =>
				/^Video of/.test(video.ariaLabel ?? '') &&
				video.videoWidth >= 1280 &&
				// A still picture gets its full sharpness only after a while.
				video.getVideoPlaybackQuality().totalVideoFrames > 400
		) && !document.querySelector('[data-toast]'),
	undefined,
	{ timeout: 90_000 }
);
await mentor.screenshot({ path: LESSON });
// As high as the figures with their chart.
await mentor.setViewportSize({ width: 1440, height: 1280 });
await mentor.goto(`${demo.url}/dashboard`);
await mentor.getByRole('img', { name: /^Bar chart/ }).waitFor();
await mentor.screenshot({ path: DASHBOARD });
process.stdout.write(`${LESSON}\n${DASHBOARD}\n`);
await browser.close();
await demo.stop();

async function enter(email: string, portrait: string): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		permissions: ['camera', 'microphone']
	});
	await context.addInitScript(drawnCamera, `data:image/svg+xml,${encodeURIComponent(portrait)}`);
	const page = await context.newPage();
	await page.goto(`${demo.url}/session/demo-lesson`);
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Password', { exact: true }).fill('learn-together');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
	await page.getByLabel('Your video').waitFor();
	return page;
}

/** Runs in the page: the camera shows a drawing instead of the browser's test pattern. */
function drawnCamera(picture: string): void {
	const devices = navigator.mediaDevices;
	const ask = devices.getUserMedia.bind(devices);
	devices.getUserMedia = async (wanted) => {
		const stream = await ask(wanted);
		const [camera] = stream.getVideoTracks();
		if (!camera) return stream;
		const image = new Image();
		image.src = picture;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [1280, 720];
		const pen = canvas.getContext('2d');
		setInterval(() => pen?.drawImage(image, 0, 0), 50);
		const [drawn] = canvas.captureStream(20).getVideoTracks();
		if (!drawn) return stream;
		camera.stop();
		stream.removeTrack(camera);
		stream.addTrack(drawn);
		return stream;
	};
}

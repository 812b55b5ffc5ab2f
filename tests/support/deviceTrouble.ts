import type { Locator, Page } from '@playwright/test';
import type { RoomPage } from './roomPage.ts';

/** The panel about devices that do not work. */
export function prompt(page: Page): Locator {
	return page.getByRole('region', { name: 'Camera/mic unavailable', exact: true });
}

/** What the browser does when a device is pulled out: no test can pull a real one, so its track ends and the list shrinks. */
export async function pullOut(person: RoomPage, source: 'camera' | 'microphone'): Promise<void> {
	await person.page.evaluate((wanted) => {
		const devices = navigator.mediaDevices;
		const real = devices.enumerateDevices.bind(devices);
		const gone = wanted === 'camera' ? 'videoinput' : 'audioinput';
		devices.enumerateDevices = async () => (await real()).filter(({ kind }) => kind !== gone);
		const live = window.mediaProbe.tracks.filter(
			(noted) => noted.source === wanted && noted.track.readyState === 'live'
		);
		for (const { track } of live) {
			track.stop();
			track.dispatchEvent(new Event('ended'));
		}
		devices.dispatchEvent(new Event('devicechange'));
		Object.assign(window, {
			plugIn() {
				devices.enumerateDevices = real;
				devices.dispatchEvent(new Event('devicechange'));
			}
		});
	}, source);
}

export async function plugIn({ page }: RoomPage): Promise<void> {
	await page.evaluate(() => (window as unknown as { plugIn(): void }).plugIn());
}

import { expect, test } from 'vitest';
import { failureOf } from './devices.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import { fakeDevices, tracksOf, type Failure } from './fakes/fakeDevices.ts';
import { createLocalMedia } from './localMedia.ts';

function create() {
	const devices = fakeDevices();
	const troubles: string[] = [];
	const replaced: string[] = [];
	const clock = fakeClock();
	const media = createLocalMedia(devices, clock, {
		onChange: () => undefined,
		onTrack: (kind, track) => replaced.push(`${kind}:${(track as unknown as { source: string }).source}`),
		onTrouble: (text) => troubles.push(text),
		onOther: () => undefined
	});
	const sent = () => tracksOf(media.outgoing()).map(({ kind, source }) => `${kind}:${source}`);
	return { clock, devices, media, troubles, replaced, sent };
}

const BOTH = { microphone: 'on', camera: true } as const;

test('[C8] one audio and one video track are sent, whatever there is', async () => {
	const { devices, media, sent } = create();
	expect(sent()).toEqual(['audio:placeholder', 'video:placeholder']);
	devices.failing.camera = 'NotFoundError';
	await media.turnOn(BOTH);
	expect(sent()).toEqual(['audio:device', 'video:placeholder']);
});

test('[T6] if both fail together each is tried alone', async () => {
	const { devices, media } = create();
	devices.failing.camera = 'NotReadableError';
	await media.turnOn(BOTH);
	expect(devices.asked).toBe(3);
	expect(media.view()).toMatchObject({
		microphone: { name: 'on' },
		camera: { name: 'failed', failure: 'busy' }
	});
	expect(media.media()).toEqual({ microphone: true, camera: false, screen: false });
});

test.each<[Failure, string]>([
	['NotAllowedError', 'denied'],
	['NotFoundError', 'missing'],
	['NotReadableError', 'busy'],
	['OverconstrainedError', 'unfit'],
	['AbortError', 'interrupted'],
	['SecurityError', 'insecure']
])('[L4] %s is told as %s', (name, failure) => {
	expect(failureOf(new DOMException('', name))).toBe(failure);
});

test('[L4] a refusal by the system is told apart from one by the person', () => {
	expect(failureOf(new DOMException('Permission denied by system', 'NotAllowedError'))).toBe('blocked');
	expect(failureOf(new DOMException('Permission denied', 'NotAllowedError'))).toBe('denied');
	expect(failureOf('what is this')).toBe('failed');
});

test('[L5] the stream checked before is the one that is sent: the camera is opened once', async () => {
	const { devices, media, sent } = create();
	await media.turnOn(BOTH);
	const preview = tracksOf(media.view().preview);
	expect(tracksOf(media.outgoing())).toContain(preview[0]);
	await media.turnOn(BOTH);
	expect([devices.asked, sent()]).toEqual([1, ['audio:device', 'video:device']]);
});

test('[C5] mute keeps the device and sends silence, camera off lets it go', async () => {
	const { devices, media, replaced } = create();
	await media.turnOn(BOTH);
	media.outgoing();
	await media.setMicrophone(false);
	await media.setCamera(false);
	const [audio, video] = devices.made.filter(({ source }) => source === 'device');
	expect(audio).toMatchObject({ enabled: false, readyState: 'live' });
	expect(video).toMatchObject({ readyState: 'ended' });
	expect(replaced).toEqual(['video:placeholder']);
	expect(media.choice()).toEqual({ microphone: 'muted', camera: false });
	await media.setMicrophone(true);
	expect(audio?.enabled).toBe(true);
});

test('the answer to an older wish is dropped', async () => {
	const { devices, media } = create();
	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	const opening = media.setCamera(true);
	expect(media.view().camera).toEqual({ name: 'asking' });
	await media.setCamera(false);
	give();
	await opening;
	expect(media.view().camera).toEqual({ name: 'off' });
	expect(
		devices.made.filter(({ source, readyState }) => source === 'device' && readyState === 'live')
	).toEqual([]);
});

test('[C5] a closed picker is no trouble, a broken one is', async () => {
	const { devices, media, troubles } = create();
	devices.failing.screen = 'NotAllowedError';
	await media.startSharing();
	expect([media.view().screen, troubles]).toEqual(['off', []]);
	devices.failing.screen = 'NotReadableError';
	await media.startSharing();
	expect(troubles).toEqual(['Your screen could not be shared']);
});

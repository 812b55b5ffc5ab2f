import { expect, type Page } from '@playwright/test';

/** What a page's probe noted: every peer connection and every device track the page ever asked for. */
interface Probe {
	connections: RTCPeerConnection[];
	tracks: { source: 'microphone' | 'camera' | 'screen'; track: MediaStreamTrack }[];
	/** Requests for camera or microphone, and for the screen. */
	asked: { devices: number; screen: number };
}

declare global {
	interface Window {
		mediaProbe: Probe;
	}
}

export interface ProbeOptions {
	/** The camera shows this colour instead of the browser's moving picture, so that one sees whom one sees. */
	colour?: string;
	/** Connections use a TURN server or nothing. */
	relayOnly?: boolean;
	/** Of the camera's picture, px; small unless said, so that several browsers fit on two cores. */
	cameraSize?: { width: number; height: number };
}

/** Runs in the page before its own scripts. */
export function installMediaProbe({ colour, relayOnly, cameraSize }: ProbeOptions): void {
	const probe: Probe = { connections: [], tracks: [], asked: { devices: 0, screen: 0 } };
	window.mediaProbe = probe;
	window.RTCPeerConnection = class extends RTCPeerConnection {
		constructor(configuration?: RTCConfiguration) {
			super(relayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
			probe.connections.push(this);
		}
	};
	// Absent on pages without HTTPS.
	if (!('mediaDevices' in navigator)) return;
	const devices = navigator.mediaDevices;
	const getUserMedia = devices.getUserMedia.bind(devices);
	const getDisplayMedia = devices.getDisplayMedia.bind(devices);

	devices.getUserMedia = async (wanted = {}) => {
		probe.asked.devices += 1;
		const { deviceId } = typeof wanted.video === 'object' ? wanted.video : {};
		const small = { width: 320, height: 240, ...cameraSize, frameRate: 15, ...(deviceId && { deviceId }) };
		const video = wanted.video ? small : false;
		const stream = await getUserMedia({ ...wanted, video: colour ? false : video });
		if (colour && wanted.video) stream.addTrack(paint(colour));
		for (const track of stream.getTracks())
			probe.tracks.push({ source: track.kind === 'audio' ? 'microphone' : 'camera', track });
		return stream;
	};
	devices.getDisplayMedia = async (wanted) => {
		probe.asked.screen += 1;
		const stream = await getDisplayMedia(wanted);
		for (const track of stream.getTracks()) probe.tracks.push({ source: 'screen', track });
		return stream;
	};

	function paint(fill: string): MediaStreamTrack {
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [320, 240];
		const pen = canvas.getContext('2d')!;
		// A picture that never changes is not sent again: a corner moves.
		let tick = 0;
		setInterval(() => {
			pen.fillStyle = fill;
			pen.fillRect(0, 0, 320, 240);
			pen.fillStyle = tick++ % 2 ? 'black' : 'white';
			pen.fillRect(0, 0, 16, 16);
		}, 100);
		return canvas.captureStream(10).getVideoTracks()[0]!;
	}
}

/** Sums over the connected calls of a page. */
export interface Flow {
	calls: number;
	/** Which ones, among all that the page ever made: figures of other calls cannot be compared. */
	of: string;
	framesDecoded: number;
	videoBytesReceived: number;
	audioBytesReceived: number;
	/** Of what is heard; grows only while there is sound. */
	audioEnergy: number;
	bytesSent: number;
}

export function readFlow(page: Page): Promise<Flow> {
	return page.evaluate(async () => {
		const flow = {
			calls: 0,
			of: '',
			framesDecoded: 0,
			videoBytesReceived: 0,
			audioBytesReceived: 0,
			audioEnergy: 0,
			bytesSent: 0
		};
		for (const [place, connection] of window.mediaProbe.connections.entries()) {
			if (connection.connectionState !== 'connected') continue;
			flow.calls += 1;
			flow.of += ` ${place}`;
			for (const [, stat] of await connection.getStats()) {
				if (stat.type === 'outbound-rtp') flow.bytesSent += stat.bytesSent;
				if (stat.type !== 'inbound-rtp') continue;
				if (stat.kind === 'video') {
					flow.framesDecoded += stat.framesDecoded ?? 0;
					flow.videoBytesReceived += stat.bytesReceived;
				} else {
					flow.audioBytesReceived += stat.bytesReceived;
					flow.audioEnergy += stat.totalAudioEnergy ?? 0;
				}
			}
		}
		return flow;
	});
}

/** Pictures and sound of `calls` others arrive, and go on arriving. */
export async function expectToSeeAndHear(page: Page, calls = 1): Promise<void> {
	let before = await readFlow(page);
	await expect
		.poll(
			async () => {
				const now = await readFlow(page);
				// A call that took the place of another one begins at nothing.
				if (now.of !== before.of) before = now;
				return {
					calls: now.calls,
					frames: now.framesDecoded > before.framesDecoded + 5,
					videoBytes: now.videoBytesReceived > before.videoBytesReceived,
					audioBytes: now.audioBytesReceived > before.audioBytesReceived,
					sound: now.audioEnergy > before.audioEnergy,
					sent: now.bytesSent > before.bytesSent
				};
			},
			{ timeout: 30_000, intervals: [100, 200, 250] }
		)
		.toEqual({ calls, frames: true, videoBytes: true, audioBytes: true, sound: true, sent: true });
}

/** States of all tracks the page ever had from this source, oldest first. */
export function trackStates(page: Page, source: 'microphone' | 'camera' | 'screen'): Promise<string[]> {
	return page.evaluate(
		(wanted) =>
			window.mediaProbe.tracks
				.filter((noted) => noted.source === wanted)
				.map(({ track }) => track.readyState),
		source
	);
}

/** Red, green and blue in the middle of a video, 0 to 255; null while it shows no picture. */
export function colourOf(page: Page, label: string): Promise<[number, number, number] | null> {
	return page.getByLabel(label, { exact: true }).evaluate((video: HTMLVideoElement) => {
		if (video.videoWidth === 0) return null;
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [1, 1];
		const pen = canvas.getContext('2d')!;
		pen.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 8, 8, 0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
		return [red, green, blue];
	});
}

/** Width and height of the picture a video shows; 0 while there is none. */
export function pictureSize(page: Page, label: string): Promise<[number, number]> {
	return page
		.getByLabel(label, { exact: true })
		.evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]);
}

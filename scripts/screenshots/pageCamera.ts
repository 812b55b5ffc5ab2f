/** What stands in for the camera and the screen of one window. Plain data: it goes into the page. */
export interface PageCamera {
	/** What the camera shows, an SVG document; null shows the browser's own test picture. */
	picture: string | null;
	/** What is on the screen that is shared, an SVG document. */
	screen: string;
	/** Asking for a device fails with this name, as browsers call it; null where it works. */
	failure: string | null;
}

/** Runs in the page before its own scripts: drawn people, a drawn screen, and devices with names people know. */
export function installPageCamera({ picture, screen, failure }: PageCamera): void {
	if (!('mediaDevices' in navigator)) return;
	const devices = navigator.mediaDevices;
	const ask = devices.getUserMedia.bind(devices);
	const list = devices.enumerateDevices.bind(devices);
	const NAMES = {
		videoinput: ['Desk camera', 'Document camera'],
		audioinput: ['Headset', 'Desk microphone'],
		audiooutput: ['Headset', 'Loudspeakers']
	};

	devices.getUserMedia = async (wanted) => {
		if (failure) throw new DOMException('', failure);
		const stream = await ask(wanted);
		const [camera] = stream.getVideoTracks();
		if (!camera || picture === null) return stream;
		const drawn = await draw(picture, 640, 360);
		camera.stop();
		stream.removeTrack(camera);
		stream.addTrack(drawn);
		return stream;
	};
	devices.getDisplayMedia = async () => new MediaStream([await draw(screen, 1280, 720)]);
	devices.enumerateDevices = async () => {
		const all = await list();
		const seen = { videoinput: 0, audioinput: 0, audiooutput: 0 };
		return all.map((device) => {
			if (!device.label) return device;
			const nth = seen[device.kind]++;
			const label = NAMES[device.kind][nth] ?? `${NAMES[device.kind][0]} ${nth + 1}`;
			return { ...device.toJSON(), label, toJSON: () => device.toJSON() } as MediaDeviceInfo;
		});
	};

	/** One that stands still is not sent again, hence the steady repainting; slowly, for several windows share a machine. */
	async function draw(svg: string, width: number, height: number): Promise<MediaStreamTrack> {
		const image = new Image();
		image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [width, height];
		const pen = canvas.getContext('2d');
		const paint = () => pen?.drawImage(image, 0, 0, width, height);
		paint();
		setInterval(paint, 100);
		return canvas.captureStream(10).getVideoTracks()[0]!;
	}
}

/** Runs in the page before its own scripts: statistics of its calls say that hardly anything can be sent. */
export function installWeakLine(): void {
	const read = RTCPeerConnection.prototype.getStats;
	RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection, ...given) {
		const report = await read.apply(this, given);
		if (!document.documentElement.dataset.weakLine) return report;
		const changed = new Map<string, object>();
		report.forEach((stat: { id: string; type: string }) => {
			if (stat.type === 'candidate-pair')
				changed.set(stat.id, { ...stat, availableOutgoingBitrate: 20_000, currentRoundTripTime: 0.61 });
			else if (stat.type === 'outbound-rtp')
				changed.set(stat.id, { ...stat, qualityLimitationReason: 'bandwidth' });
			else changed.set(stat.id, stat);
		});
		return changed as unknown as RTCStatsReport;
	};
}

/** Runs in the page before its own scripts: its wall clock is off by so many ms, its stop watches are not. */
export function shiftPageClock(offset: number): void {
	const RealDate = Date;
	window.Date = class extends RealDate {
		constructor(...given: unknown[]) {
			super(...((given.length === 0 ? [RealDate.now() + offset] : given) as [number]));
		}
		static override now(): number {
			return RealDate.now() + offset;
		}
	} as DateConstructor;
}

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
		const [microphone] = stream.getAudioTracks();
		if (microphone) {
			microphone.stop();
			stream.removeTrack(microphone);
			stream.addTrack(speak());
		}
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
		const all = failure === 'NotFoundError' ? [] : await list();
		const seen = { videoinput: 0, audioinput: 0, audiooutput: 0 };
		return all.map((device) => {
			if (!device.label) return device;
			const nth = seen[device.kind]++;
			const label = NAMES[device.kind][nth] ?? `${NAMES[device.kind][0]} ${nth + 1}`;
			return { ...device.toJSON(), label, toJSON: () => device.toJSON() } as MediaDeviceInfo;
		});
	};

	/** Silence, and a voice in four syllables a second while the root element says that one speaks (`data-speaks`). */
	function speak(): MediaStreamTrack {
		const context = new AudioContext();
		const voice = new OscillatorNode(context, { type: 'sawtooth', frequency: 140 });
		const syllables = new OscillatorNode(context, { frequency: 4 });
		const [loudness, depth] = [new GainNode(context), new GainNode(context)];
		const out = context.createMediaStreamDestination();
		const set = () => {
			const speaks = document.documentElement.dataset.speaks !== undefined;
			[loudness.gain.value, depth.gain.value] = speaks ? [0.2, 0.15] : [0, 0];
		};
		set();
		new MutationObserver(set).observe(document.documentElement, { attributeFilter: ['data-speaks'] });
		syllables.connect(depth).connect(loudness.gain);
		voice.connect(loudness).connect(out);
		for (const each of [voice, syllables]) each.start();
		return out.stream.getAudioTracks()[0]!;
	}

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

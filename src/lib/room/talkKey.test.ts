import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from './fakes/fakeClock.ts';
import { fakeDevices, type FakeTrack } from './fakes/fakeDevices.ts';
import { createLocalMedia } from './localMedia.ts';
import { createTalkingMedia } from './talkingMedia.ts';
import { KEY_LOST_AFTER, KEY_UP, nextTalkKey, type TalkKey, type TalkKeyEvent } from './talkKey.ts';

const down = (more: { at?: number; repeat?: boolean; mayTalk?: boolean } = {}): TalkKeyEvent => ({
	...{ type: 'down', at: 0, repeat: false, mayTalk: true },
	...more
});

function after(...events: TalkKeyEvent[]): TalkKey['name'] {
	return events.reduce(nextTalkKey, KEY_UP).name;
}

const ignore = () => undefined;

test('[C6] held it talks, let go it is over', () => {
	expect(after(down())).toBe('talking');
	expect(after(down(), down({ repeat: true }))).toBe('talking');
	expect(after(down(), { type: 'up' })).toBe('up');
	expect(after(down({ mayTalk: false }))).toBe('up');
});

test('[C6] what interrupts it ends it, and only a new press begins again', () => {
	expect(after(down(), { type: 'interrupted' })).toBe('spent');
	expect(after(down(), { type: 'interrupted' }, down({ repeat: true }))).toBe('spent');
	expect(after(down(), { type: 'interrupted' }, down())).toBe('talking');
	expect(after(down(), down({ repeat: true, mayTalk: false }))).toBe('spent');
	// The key was held before anybody came here.
	expect(after(down({ repeat: true }))).toBe('up');
});

test('[C6] a key that is no longer repeated was let go; one that never was may be held for long', () => {
	const late = { type: 'tick', at: KEY_LOST_AFTER + 11 } as const;
	expect(after(down(), down({ at: 10, repeat: true }), late)).toBe('spent');
	expect(after(down(), late)).toBe('talking');
});

/** What may happen to the key, the page and the devices, in any order. */
type Happening =
	| TalkKeyEvent
	| { type: 'choose'; on: boolean }
	| { type: 'camera' | 'unplug' | 'pause' | 'resume' | 'retry' | 'release' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
	fc.record({
		type: fc.constant('down' as const),
		at: fc.nat(10_000),
		repeat: fc.boolean(),
		mayTalk: fc.boolean()
	}),
	fc.constantFrom<Happening>(
		{ type: 'up' },
		{ type: 'interrupted' },
		{ type: 'tick', at: 20_000 },
		{ type: 'choose', on: true },
		{ type: 'choose', on: false },
		...(['camera', 'unplug', 'pause', 'resume', 'retry', 'release'] as const).map((type) => ({ type }))
	)
);

const isOpen = (track: FakeTrack) => track.kind === 'audio' && track.readyState === 'live' && track.enabled;

test('[C6] whatever happens, the microphone is open by choice or under a held key, and never otherwise', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
			const devices = fakeDevices();
			const media = createTalkingMedia(
				{ onChange: ignore, onTrack: ignore, onTrouble: ignore, onOther: ignore },
				(listeners) => createLocalMedia(devices, fakeClock(), listeners)
			);
			await media.turnOn({ microphone: 'muted', camera: false });
			let key = KEY_UP;
			/** Chosen by the person and not since: the only other reason to be heard. */
			let chosen = false;
			const microphone = () =>
				devices.made.findLast((track) => track.kind === 'audio' && track.source === 'device');
			for (const each of happenings) {
				switch (each.type) {
					case 'choose':
						chosen = each.on;
						await media.setMicrophone(each.on);
						break;
					case 'camera':
						await media.setCamera(!media.media().camera);
						break;
					case 'retry':
						await media.retry();
						break;
					case 'unplug':
						microphone()?.end();
						break;
					case 'pause':
					case 'resume':
						microphone()?.setPaused(each.type === 'pause');
						break;
					case 'release':
						chosen = false;
						media.release();
						await media.turnOn({ microphone: 'muted', camera: false });
						break;
					default: {
						// As the page does it: the key decides, a microphone that is not muted is none to open.
						const mayTalk = 'mayTalk' in each && each.mayTalk && media.view().microphone.name === 'muted';
						key = nextTalkKey(
							key,
							each.type === 'down' ? { ...each, mayTalk: mayTalk || each.repeat } : each
						);
						media.talk(key.name === 'talking');
					}
				}
				const audible =
					media.view().microphone.name === 'on' &&
					devices.made.some((one) => one.source === 'device' && isOpen(one));
				expect(audible && !chosen && key.name !== 'talking').toBe(false);
				// A reload would bring back what they chose, and never what a key was doing.
				if (!chosen) expect(media.choice().microphone).not.toBe('on');
			}
			media.talk(false);
			if (!chosen) expect(media.media().microphone).toBe(false);
		}),
		{ numRuns: 400 }
	);
});

import type { LocalMedia, LocalMediaListeners } from './mediaTypes.ts';

/** Devices whose muted microphone can be opened for as long as somebody holds a key (spec C6). */
export interface TalkingMedia extends LocalMedia {
	/**
	 * Opens a muted microphone, or mutes it again. It is no choice: nothing of it is remembered, so that a reload with the
	 * key held comes back muted. Does nothing where the microphone is not muted.
	 */
	talk(on: boolean): void;
}

/**
 * Once somebody has talked this way the microphone stays muted until they choose otherwise, also when it failed, came back
 * or became another one meanwhile.
 *
 * @param create makes the devices with the listeners that it is given
 */
export function createTalkingMedia(
	listeners: LocalMediaListeners,
	create: (listeners: LocalMediaListeners) => LocalMedia
): TalkingMedia {
	let talking = false;
	/** Open or not, their choice was muted. */
	let choseMuted = false;
	const media = create({
		...listeners,
		onChange() {
			const { name } = media.view().microphone;
			if (talking && name !== 'on') talking = false;
			if (choseMuted && !talking && name === 'on') void media.setMicrophone(false);
			listeners.onChange();
		}
	});

	/** From here on what somebody chose counts. */
	function choose(): void {
		talking = false;
		choseMuted = false;
	}

	return {
		...media,
		talk(on) {
			if (on === talking || (on && media.view().microphone.name !== 'muted')) return;
			choseMuted = true;
			talking = on;
			void media.setMicrophone(on);
		},
		choice() {
			const choice = media.choice();
			return choseMuted && choice.microphone === 'on' ? { ...choice, microphone: 'muted' } : choice;
		},
		turnOn(wanted) {
			if (wanted.microphone === 'on') choose();
			return media.turnOn(wanted);
		},
		setMicrophone(on) {
			choose();
			return media.setMicrophone(on);
		},
		release() {
			choose();
			media.release();
		}
	};
}

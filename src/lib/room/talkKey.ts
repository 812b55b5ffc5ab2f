/**
 * The key that somebody holds to talk while muted (spec C6). It must never leave a microphone open: whatever makes it
 * doubtful whether its release would be heard ends the talk, and only a new press begins another one.
 */
export type TalkKey =
	| { name: 'up' }
	/** Held, and the microphone is open. `repeats`: the system has repeated the key, last `heardAt`, ms. */
	| { name: 'talking'; heardAt: number; repeats: boolean }
	/** Perhaps still held, but it talks no more. */
	| { name: 'spent' };

export type TalkKeyEvent =
	/** Pressed or, with `repeat`, still held. `mayTalk`: muted, in a call, and the key means nothing else here. */
	| { type: 'down'; at: number; repeat: boolean; mayTalk: boolean }
	| { type: 'up' }
	/** The window, the focus, another key, a device or the line changed under the finger. */
	| { type: 'interrupted' }
	| { type: 'tick'; at: number };

export const KEY_UP: TalkKey = { name: 'up' };
const SPENT: TalkKey = { name: 'spent' };

/**
 * A key that was repeated and then is not for this long was let go without a word, ms. Longer than the slowest repetition
 * that systems offer. A system that repeats no keys proves nothing by its silence.
 */
export const KEY_LOST_AFTER = 2_500;

/** The next state of the key. Whoever acts on it opens the microphone in `talking` and closes it in every other state. */
export function nextTalkKey(key: TalkKey, event: TalkKeyEvent): TalkKey {
	switch (event.type) {
		case 'down':
			if (!event.repeat)
				return event.mayTalk ? { name: 'talking', heardAt: event.at, repeats: false } : KEY_UP;
			// Somebody who comes back with the key held has not pressed it here.
			if (key.name !== 'talking') return key;
			return event.mayTalk ? { name: 'talking', heardAt: event.at, repeats: true } : SPENT;
		case 'up':
			return KEY_UP;
		case 'interrupted':
			return key.name === 'talking' ? SPENT : key;
		case 'tick':
			return key.name === 'talking' && key.repeats && event.at - key.heardAt > KEY_LOST_AFTER ? SPENT : key;
	}
}

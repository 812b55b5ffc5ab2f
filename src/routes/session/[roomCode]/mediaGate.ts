import type { PersonView } from '../../../lib/room/roomView.ts';

/**
 * When the microphone, camera and share controls may be used (spec C4).
 * - `alone`: nobody to call yet. Own devices can be switched; sharing would reach nobody and waits.
 * - `connecting`: somebody is there and the call is not up yet: all three wait.
 * - `ready`: a call was up once in this stay. From then on they stay usable through every later trouble:
 *   whoever is heard or seen must always be able to mute, and a repair can take long.
 */
export type MediaGate = 'alone' | 'connecting' | 'ready';

/** The next gate from the last one. Leaving the room forgets it: start again with `alone`. */
export function nextGate(
	gate: MediaGate,
	view: { people: readonly PersonView[]; mediaReady: boolean }
): MediaGate {
	if (gate === 'ready') return 'ready';
	if (!view.people.some((person) => !person.isMe)) return 'alone';
	return view.mediaReady ? 'ready' : 'connecting';
}

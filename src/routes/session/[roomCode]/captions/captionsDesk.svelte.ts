import Captions from '@lucide/svelte/icons/captions';
import { createContext, untrack, type ComponentProps } from 'svelte';
import { browserStorage } from '$lib/room/adapters/browserStorage.ts';
import { captionsPlace } from '$lib/room/adapters/openRoom.ts';
import type { Captions as LiveCaptions } from '$lib/room/captions/createCaptions.ts';
import { keptChoice } from '$lib/room/captions/keptChoice.ts';
import type { RoomBridge } from '../roomBridge.svelte.ts';
import type RoomMenu from '../RoomMenu.svelte';
import type CaptionsPanel from './CaptionsPanel.svelte';

type MenuEntry = ComponentProps<typeof RoomMenu>['entries'][number];

/** Between two tries to fetch what captions need, ms. */
const TRY_AGAIN = 3_000;

/** Captions on this page: they are fetched when somebody wants them. */
export interface CaptionsDesk {
	/** What is there of them; null until they are needed and fetched. */
	readonly opened: { captions: LiveCaptions; Panel: typeof CaptionsPanel } | null;
	/** Whether the window in which one chooses is open. */
	asking: boolean;
	/** Something of them stands above the controls now. */
	readonly takesPlace: boolean;
	/** For “More options”. */
	readonly entry: MenuEntry;
}

export function createCaptionsDesk(bridge: RoomBridge): CaptionsDesk {
	let opened = $state.raw<CaptionsDesk['opened']>(null);
	let asking = $state(false);
	const view = $derived(bridge.view);
	const mine = $derived(view.captions);
	const othersWant = $derived(view.people.some((person) => !person.isMe && person.captions?.wanted));
	const isKept = $derived(view.phase.name === 'inRoom' && mine === null && isKeptHere());
	const needed = $derived(asking || mine !== null || othersWant || isKept);

	$effect(() => {
		const room = bridge.room;
		if (!needed || !room) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		let over = false;
		untrack(load);
		function load(): void {
			Promise.all([room!.captions(), import('./CaptionsPanel.svelte')]).then(
				([captions, { default: Panel }]) => {
					if (!over) opened = { captions, Panel };
				},
				() => {
					if (!over) timer = setTimeout(load, TRY_AGAIN);
				}
			);
		}
		return () => {
			over = true;
			clearTimeout(timer);
		};
	});

	function isKeptHere(): boolean {
		return keptChoice(browserStorage(), captionsPlace(view)) !== null;
	}

	const entry: MenuEntry = $derived({
		group: 'own',
		label: mine?.wanted || mine?.giving === 'yes' ? 'Captions' : 'Turn on captions',
		detail: 'What is said, as text.',
		icon: Captions,
		choose: () => (asking = true)
	});

	return {
		get opened() {
			return opened;
		},
		get asking() {
			return asking;
		},
		set asking(next) {
			asking = next;
		},
		get takesPlace() {
			return mine === null ? othersWant : mine.wanted || (mine.giving === 'yes' && othersWant);
		},
		get entry() {
			return entry;
		}
	};
}

export const [useCaptions, provideCaptions] = createContext<CaptionsDesk>();

import { createContext } from 'svelte';
import { browserStorage } from '$lib/room/adapters/browserStorage.ts';
import type { Arrangement, Corner } from './stageLayout.ts';
import { readStageHabits, STAGE_HABITS_KEY, type StageHabits } from './stageHabits.ts';

/** How this person looks at the stage. What is a habit is remembered on the device, the rest as long as the page is open. */
export interface StageView extends StageHabits {
	/** The user id of whom they want to see large. */
	pinned: string | null;
	/** The user id of who has the floor: see `nextFloor`. */
	speaker: string | null;
	selfHidden: boolean;
	/** The page has the whole screen. */
	full: boolean;
}

export function createStageView(): StageView {
	const storage = browserStorage();
	let habits = $state.raw(readStageHabits(storage.read(STAGE_HABITS_KEY)));
	let pinned = $state<string | null>(null);
	let speaker = $state<string | null>(null);
	let selfHidden = $state(false);
	let full = $state(false);

	function remember(change: Partial<StageHabits>): void {
		habits = { ...habits, ...change };
		storage.write(STAGE_HABITS_KEY, JSON.stringify(habits));
	}

	return {
		get pinned() {
			return pinned;
		},
		set pinned(userId) {
			pinned = userId;
		},
		get speaker() {
			return speaker;
		},
		set speaker(userId) {
			speaker = userId;
		},
		get selfHidden() {
			return selfHidden;
		},
		set selfHidden(hidden) {
			selfHidden = hidden;
		},
		get full() {
			return full;
		},
		set full(now) {
			full = now;
		},
		get arrangement() {
			return habits.arrangement;
		},
		set arrangement(arrangement: Arrangement) {
			remember({ arrangement });
		},
		get corner() {
			return habits.corner;
		},
		set corner(corner: Corner) {
			remember({ corner });
		},
		get restingTools() {
			return habits.restingTools;
		},
		set restingTools(restingTools: boolean) {
			remember({ restingTools });
		}
	};
}

export const [useStageView, provideStageView] = createContext<StageView>();

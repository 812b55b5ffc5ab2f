import { ARRANGEMENTS, CORNERS, type Arrangement, type Corner } from './stageLayout.ts';

/** What a device remembers of how somebody likes the stage. */
export interface StageHabits {
	arrangement: Arrangement;
	/** Where the self-view floats. */
	corner: Corner;
	/** In full screen the call controls step aside while nothing is done. */
	restingTools: boolean;
}

export const STAGE_HABITS_KEY = 'stage';

const FIRST: StageHabits = { arrangement: 'automatic', corner: CORNERS[0], restingTools: true };

/** What was kept may be from another version or edited by hand: whatever does not fit is as at first. */
export function readStageHabits(kept: string | null): StageHabits {
	let value: unknown;
	try {
		value = JSON.parse(kept ?? 'null');
	} catch {
		return FIRST;
	}
	if (typeof value !== 'object' || value === null) return FIRST;
	const { arrangement, corner, restingTools } = value as Record<keyof StageHabits, unknown>;
	return {
		arrangement: ARRANGEMENTS.find((one) => one === arrangement) ?? FIRST.arrangement,
		corner: CORNERS.find((one) => one === corner) ?? FIRST.corner,
		restingTools: restingTools !== false
	};
}

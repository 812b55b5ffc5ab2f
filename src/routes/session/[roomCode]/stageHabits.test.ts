import { expect, test } from 'vitest';
import { readStageHabits } from './stageHabits.ts';

const first = { arrangement: 'automatic', corner: 'bottom right', restingTools: true };

test('[C7] what was chosen is remembered, and what does not fit is forgotten', () => {
	const chosen = { arrangement: 'sideBySide', corner: 'top left', restingTools: false };
	expect(readStageHabits(JSON.stringify(chosen))).toEqual(chosen);
	for (const kept of [null, '', '{', 'null', '7', '[]', '{"corner":"middle","arrangement":3}'])
		expect(readStageHabits(kept)).toEqual(first);
	expect(readStageHabits('{"corner":"top right"}')).toEqual({ ...first, corner: 'top right' });
});

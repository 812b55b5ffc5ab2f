import { expect, test } from 'vitest';
import { mayRest, type RestScene } from './toolsRest.ts';

const calm: RestScene = {
	...{ wanted: true, finePointer: true, focusInside: false },
	...{ writing: false, asked: false, pointedAt: false }
};

test('[C3] [Y1] the controls step aside only where nothing at all speaks against it', () => {
	expect(mayRest(calm)).toBe(true);
	for (const key of Object.keys(calm) as (keyof RestScene)[])
		expect(mayRest({ ...calm, [key]: !calm[key] }), key).toBe(false);
});

import { expect, test } from 'vitest';
import { fakeClock } from '../../../lib/room/fakes/fakeClock.ts';
import { createLaterPart, type PartState } from './laterPart.ts';

function partOf(answers: ('fails' | 'hangs' | 'comes')[]) {
	const clock = fakeClock();
	const seen: PartState<string>['name'][] = [];
	let tries = 0;
	const part = createLaterPart<string>({
		clock,
		load: () => {
			const answer = answers[tries++] ?? 'comes';
			if (answer === 'hangs') return new Promise(() => {});
			return answer === 'comes' ? Promise.resolve('form') : Promise.reject(new Error('no server'));
		},
		onState: (state) => seen.push(state.name)
	});
	return { clock, seen, part, tries: () => tries };
}

test('[T10] a part that is wanted while the server is away comes by itself when it is back', async () => {
	const { clock, seen, part } = partOf(['fails', 'fails', 'fails']);
	part.want();
	await clock.advance(0);
	expect(seen).toEqual(['fetching', 'waiting']);
	await clock.advance(60_000);
	expect(seen.at(-1)).toBe('here');
	expect(seen).not.toContain('away');
});

test('[T10] the return of the server is not waited out', async () => {
	const { clock, seen, part, tries } = partOf(Array<'fails'>(12).fill('fails'));
	part.want();
	await clock.advance(20_000);
	const before = tries();
	part.hurry();
	expect(tries()).toBe(before + 1);
	part.hurry();
	expect(tries()).toBe(before + 1);
	await clock.advance(60_000);
	expect(seen.at(-1)).toBe('here');
});

test('[T10] it is fetched once, however often it is wanted, and no more after the page is left', async () => {
	const once = partOf([]);
	once.part.want();
	once.part.want();
	await once.clock.advance(0);
	once.part.want();
	once.part.hurry();
	await once.clock.advance(60_000);
	expect(once.tries()).toBe(1);
	expect(once.seen).toEqual(['fetching', 'here']);

	const left = partOf(['fails']);
	left.part.want();
	await left.clock.advance(0);
	left.part.stop();
	await left.clock.advance(60_000);
	expect(left.tries()).toBe(1);
});

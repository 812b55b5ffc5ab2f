import { expect, test } from 'vitest';
import { fakeClock } from '../../../../lib/room/fakes/fakeClock.ts';
import { createRecordTest, type RecordState } from './recordTest.ts';

function create(broken: 'record' | 'play' | null = null) {
	const clock = fakeClock();
	const states: string[] = [];
	let cancelled = 0;
	let played = 0;
	let over = () => {};
	const recording = createRecordTest({
		clock,
		record() {
			if (broken === 'record') throw new DOMException('', 'NotSupportedError');
			return { finish: async () => new Blob(['sound']), cancel: () => (cancelled += 1) };
		},
		play: () => {
			played += 1;
			if (broken === 'play') return Promise.reject(new DOMException('', 'EncodingError'));
			return new Promise((resolve) => (over = resolve));
		},
		onState: (state: RecordState) =>
			states.push(state.name === 'recording' ? `recording ${state.left}` : state.name)
	});
	return { clock, states, recording, over: () => over(), cancelled: () => cancelled, played: () => played };
}

test('[L4] six seconds are counted down and played back', async () => {
	const { clock, states, recording, over } = create();
	recording.start();
	await clock.advance(6_000);
	over();
	await clock.advance(0);
	expect(states).toEqual([...[6, 5, 4, 3, 2, 1].map((left) => `recording ${left}`), 'playing', 'played']);
});

test('[L4] who starts again or goes away hears nothing of the old one', async () => {
	const { clock, states, recording, cancelled, played } = create();
	recording.start();
	await clock.advance(2_000);
	recording.start();
	expect(cancelled()).toBe(1);
	await clock.advance(1_000);
	recording.stop();
	await clock.advance(20_000);
	expect([states.at(-1), cancelled(), played()]).toEqual(['idle', 2, 0]);
});

test('[L4] what cannot be recorded or played is said', async () => {
	for (const broken of ['record', 'play'] as const) {
		const { clock, states, recording } = create(broken);
		recording.start();
		await clock.advance(7_000);
		expect(states.at(-1)).toBe('failed');
	}
});

import { expectSameBoard, handsOf, openBoards } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';

test('[X2] [X3] a finger draws, two move and zoom the page, a pen has pressure, and beside a pen no hand draws', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const tablet = await open(lesson.mentor, { context: { hasTouch: true } });
	const other = await open(lesson.learners[0]!);
	const people = [tablet, other];
	await openBoards(lesson, people);
	const { touch, pen, rest } = await handsOf(tablet);
	const strip = tablet.page.getByRole('region', { name: 'Whiteboard' });

	await touch([
		[0.2, 0.2],
		[0.3, 0.3],
		[0.4, 0.2],
		[0.5, 0.3]
	]);
	const [[finger, byFinger] = []] = [Object.entries(await expectSameBoard(world, lesson, people, 1))[0]];
	expect((byFinger!.data as { points: unknown[] }).points.length).toBeGreaterThanOrEqual(4);

	await expect(strip.getByText('100%')).toBeVisible();
	const steps = [0, 0.02, 0.04, 0.06, 0.08, 0.1];
	await touch(
		steps.map((step) => [0.45 - step, 0.5]),
		steps.map((step) => [0.55 + step, 0.5])
	);
	await expect(strip.getByText('100%')).toHaveCount(0);
	await expectSameBoard(world, lesson, people, 1);

	const pressures = [0.1, 0.3, 0.6, 0.9, 0.7];
	const way = (y: number) =>
		pressures.map((pressure, at): [number, number, number] => [0.3 + at / 20, y, pressure]);
	await pen(way(0.6));
	const drawn = await expectSameBoard(world, lesson, people, 2);
	const felt = Object.values(drawn)
		.map(({ data }) => (data as { pressures?: number[] }).pressures ?? [])
		.flat();
	expect(new Set(felt)).toEqual(new Set([...felt, ...pressures]));

	// The hand that rests on the glass: alone, before the pen, and while it draws.
	await touch([
		[0.6, 0.8],
		[0.65, 0.82],
		[0.7, 0.8]
	]);
	const lift = await rest([0.7, 0.8]);
	await pen(way(0.3));
	await lift();
	let liftLater = lift;
	await pen(way(0.4), async () => void (liftLater = await rest([0.7, 0.8])));
	await liftLater();
	const all = await expectSameBoard(world, lesson, people, 4);
	for (const [id, { data }] of Object.entries(all)) {
		if (id === finger) continue;
		const { points } = data as { points: [number, number][] };
		expect(points.length).toBeGreaterThanOrEqual(pressures.length);
		// None of them goes to where the hand was.
		for (const [, y] of points) expect(Math.abs(y)).toBeLessThan(5);
	}
});

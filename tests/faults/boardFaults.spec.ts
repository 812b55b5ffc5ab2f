import { expect, test } from '../support/lessonTest.ts';
import {
	chooseOnBoard,
	drawnInTable,
	drawnOn,
	expectSameBoard,
	expectSamePicture,
	openBoards
} from '../support/boardHands.ts';
import { expectToast } from '../support/noticeLog.ts';
import { createRoomPage, type RoomPage } from '../support/roomPage.ts';
import { settledBox, type Box } from '../support/settledBox.ts';
import { between, measured, rounds } from '../support/rounds.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

/** A socket that is lost on purpose is an error to the console. */
const expectErrors = /WebSocket|ERR_|50[0-9]/;

type Way = [number, number][];
const line = (y: number): Way => [
	[0.2, y],
	[0.5, y + 0.1]
];
/** Strokes cover each other, but not what is moved: whoever takes that by its middle has it in hand. */
const below = (): [number, number] => [between(20, 70) / 100, between(45, 80) / 100];
const above = (): [number, number] => [between(25, 65) / 100, between(12, 30) / 100];

const paperOf = ({ page }: RoomPage) =>
	page.getByRole('region', { name: 'Whiteboard' }).locator('canvas.interactive');

/**
 * Moves a stroke by its middle to another place. A page is first seen by its middle; `opened`: the size of the paper
 * then, if it has changed.
 */
async function drag(person: RoomPage, id: string, to: [number, number], opened?: Box): Promise<void> {
	const { page } = person;
	const box = await settledBox(paperOf(person));
	const { width, height } = opened ?? box;
	const stroke = (await drawnOn(page))[id]!.data as { x: number; y: number; points: [number, number][] };
	const [across, down] = stroke.points[Math.floor(stroke.points.length / 2)]!;
	await page.mouse.move(box.x + width / 2 + stroke.x + across, box.y + height / 2 + stroke.y + down);
	await page.mouse.down();
	await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 6 });
	await page.mouse.up();
}

test('[X3] two who draw at once and move one thing together end with the same board, which is that of the database', async ({
	world,
	open
}) => {
	const ROUNDS = rounds(2, 50);
	test.setTimeout(180_000 + ROUNDS * 15_000);
	const lesson = await world.classroom();
	const people = [await open(lesson.mentor), await open(lesson.learners[0]!)] as const;
	const boards = await openBoards(lesson, people);
	await boards[0]!.stroke(line(0.3));
	const [both = ''] = Object.keys(await expectSameBoard(world, lesson, people, 1));
	let version = 1;
	const took: number[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		await Promise.all(boards.map((board) => board.tool('Pen')));
		await Promise.all(boards.map((board) => board.stroke([below(), below(), below()])));
		await Promise.all(boards.map((board) => board.tool('Select and move')));
		await Promise.all(people.map((person) => drag(person, both, above())));
		const letGo = performance.now();
		await expect
			.poll(async () => (await drawnInTable(world, lesson))[both]!.version)
			.toBeGreaterThan(version);
		const now = await expectSameBoard(world, lesson, people, 3 + 2 * round);
		version = now[both]!.version;
		took.push(performance.now() - letGo);
	}
	measured(
		'X3 two draw at once and move one thing: the same board for both and in the table',
		'ms',
		took,
		''
	);
	for (const { page } of people) await page.keyboard.press('Escape');
	await expectSamePicture(people);
});

test('[X3] [T3] loaded anew or closed in mid-stroke: what was drawn so far is kept and on both sides', async ({
	world,
	open
}) => {
	const ROUNDS = rounds(1, 10);
	test.setTimeout(180_000 + ROUNDS * 30_000);
	const lesson = await world.classroom();
	const [mentor, learner] = [await open(lesson.mentor), await open(lesson.learners[0]!)];
	const [mine, theirs] = await openBoards(lesson, [mentor, learner]);
	const context = mentor.page.context();
	let [drawer, board] = [mentor, mine!];
	for (let round = 0; round < ROUNDS; round += 1) {
		await board.stroke(line(0.2), false);
		await expect.poll(theirs!.strokesOfOthers).toBe(1);
		await drawer.page.reload();
		await board.open();
		const kept = await expectSameBoard(world, lesson, [drawer, learner], 2 * round + 1);
		const strokes = Object.values(kept).map(({ data }) => (data as { points: unknown[] }).points);
		for (const { length } of strokes) expect(length).toBeGreaterThan(4);
		await expect.poll(theirs!.strokesOfOthers).toBe(0);

		await board.stroke(line(0.4), false);
		await expect.poll(theirs!.strokesOfOthers).toBe(1);
		await drawer.page.close();
		await expect.poll(theirs!.strokesOfOthers).toBe(0);
		drawer = createRoomPage(await context.newPage(), lesson.mentor);
		board = whiteboardOf(drawer);
		await drawer.goTo(lesson);
		await expect(drawer.button('Join session').or(drawer.toolbar).first()).toBeVisible();
		if (await drawer.button('Join session').isVisible()) await drawer.button('Join session').click();
		await board.open();
		await expectSameBoard(world, lesson, [drawer, learner], 2 * round + 2);
	}
});

test('[X3] [K1] the server is killed in mid-stroke: each stroke is there once, on both sides, as it was drawn', async ({
	world,
	open
}) => {
	const ROUNDS = rounds(1, 20);
	test.setTimeout(180_000 + ROUNDS * 20_000);
	const lesson = await world.classroom();
	const people = [
		await open(lesson.mentor, { expectErrors }),
		await open(lesson.learners[0]!, { expectErrors })
	] as const;
	const boards = await openBoards(lesson, people);
	for (let round = 0; round < ROUNDS; round += 1) {
		await Promise.all(boards.map((board, i) => board.stroke(line(0.2 + i / 5), false)));
		await expect.poll(boards[0]!.strokesOfOthers).toBe(1);
		await world.restart(async () => {
			for (const { page } of people) await expect(page.getByText('Reconnecting…').first()).toBeVisible();
			const [mine, theirs] = boards;
			await mine!.letGo();
			await mine!.stroke(line(0.6));
			await expect(people[0].page.getByText(/^Not saved yet: \d changes kept/)).toBeVisible();
			// One lets go before the server is back, the other one after.
			expect(await theirs!.elements()).toHaveLength(3 * round);
		});
		await boards[1]!.letGo();
		const drawn = await expectSameBoard(world, lesson, people, 3 * round + 3);
		const lengths = Object.values(drawn).map(({ data }) => (data as { points: unknown[] }).points.length);
		expect(Math.min(...lengths)).toBeGreaterThan(4);
		for (const board of boards) await expect.poll(board.strokesOfOthers).toBe(0);
	}
	await expectSamePicture(people);
});

test('[X2] [X3] [T3] drawn offline, merged with what the other drew meanwhile; undo then takes back only one’s own', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { expectErrors });
	const learner = await open(lesson.learners[0]!, { expectErrors });
	const people = [mentor, learner];
	const [mine, theirs] = await openBoards(lesson, people);
	await theirs!.stroke(line(0.1));
	const [before = ''] = Object.keys(await expectSameBoard(world, lesson, people, 1));

	const opened = await settledBox(paperOf(mentor));
	await mentor.page.context().setOffline(true);
	// What is said about it moves the paper: nobody draws meanwhile.
	await expect(mentor.page.getByText('You’re offline. Session paused.').first()).toBeVisible();
	for (const y of [0.3, 0.45, 0.6]) await mine!.stroke(line(y));
	await mine!.tool('Select and move');
	await drag(mentor, before, [0.6, 0.7], opened);
	await expect(mentor.page.getByText(/^Not saved yet: 4 changes kept/)).toBeVisible();
	await theirs!.stroke(line(0.75));
	// “Saved” may still speak of what was drawn before: the table knows.
	await expect.poll(async () => Object.keys(await drawnInTable(world, lesson))).toHaveLength(2);
	await mentor.page.context().setOffline(false);
	const merged = await expectSameBoard(world, lesson, people, 5);
	expect(merged[before]!.version).toBeGreaterThan(1);

	for (let left = 4; left > 0; left -= 1) await mine!.tool('Undo');
	const rest = await expectSameBoard(world, lesson, people, 2);
	expect((rest[before]!.data as { x: number }).x).toBeLessThan((merged[before]!.data as { x: number }).x);
	await expect(mentor.button('Undo')).toHaveAttribute('aria-disabled', 'true');
});

test('[X2] [X3] a lock and a deleted page in mid-stroke: nobody’s pen is taken away, nothing is lost', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = [await open(lesson.mentor), await open(lesson.learners[0]!)];
	const people = [mentor, learner];
	const [mine, theirs] = await openBoards(lesson, people);
	await theirs!.stroke(line(0.2), false);
	await expect.poll(mine!.strokesOfOthers).toBe(1);
	await chooseOnBoard(mentor, 'Board options', /^Lock the board/);
	await expect(learner.button('Pen')).toHaveAttribute('aria-disabled', 'true');
	await learner.page.mouse.move(700, 400, { steps: 5 });
	await theirs!.letGo();
	await expectToast(learner.page, 'The mentor has locked the board. What you drew stays here');
	await expect(learner.page.getByText(/^Not saved yet: .* until the board is unlocked$/)).toBeVisible();
	await expect.poll(() => theirs!.elements().then((all) => all.length)).toBe(1);
	expect(await mine!.elements()).toEqual([]);
	// Now it is really locked.
	await theirs!.stroke(line(0.5));
	expect(await theirs!.elements()).toHaveLength(1);
	await chooseOnBoard(mentor, 'Board options', /^Unlock the board/);
	await expectSameBoard(world, lesson, people, 1);

	await chooseOnBoard(mentor, 'New page', /^Squared page/);
	await mine!.stroke(line(0.3));
	await learner.button('Page 2').click();
	await expect.poll(() => theirs!.elements().then((all) => all.length)).toBe(1);
	await theirs!.stroke(line(0.5), false);
	await chooseOnBoard(mentor, 'Options of this page', /^Delete this page/);
	await expect(mentor.button('Page 2')).toHaveCount(0);
	await expect(learner.button('Page 2')).toHaveCount(0);
	await learner.page.mouse.move(700, 450, { steps: 5 });
	await theirs!.letGo();
	const drawn = await expectSameBoard(world, lesson, people, 2);
	expect(new Set(Object.values(drawn).map(({ pageId }) => pageId)).size).toBe(2);
	await expect(learner.button('Page 2')).toHaveAttribute('aria-current', 'page');
	await mentor.button('Page 2').click();
	await expectSamePicture(people);
});

test('[X3] [F6] drawn while the lesson ended unseen: offered back on the recap, until it is not wanted', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { expectErrors });
	const [, board] = await openBoards(lesson, [mentor, learner]);
	await board!.stroke(line(0.3));
	await expectSameBoard(world, lesson, [mentor, learner], 1);
	await learner.page.context().setOffline(true);
	await expect(learner.page.getByText('You’re offline. Session paused.').first()).toBeVisible();
	await board!.stroke(line(0.5));
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(mentor.page.getByRole('dialog', { name: 'Wrap up the lesson' })).toBeVisible();
	await learner.page.context().setOffline(false);
	await expect(learner.page.getByRole('dialog', { name: 'Rate your mentor' })).toBeVisible();
	await learner.page.keyboard.press('Escape');

	const unsaved = learner.page.getByRole('region', { name: 'One drawing of yours was not saved' });
	await expect(unsaved.getByRole('button', { name: /^Page 1/ })).toContainText('1 object');
	await expect(unsaved.getByRole('button', { name: 'Export…' })).toBeVisible();
	const kept = learner.page.getByRole('region', { name: 'Whiteboard' });
	await expect(kept.getByRole('button', { name: /^Page 1/ })).toContainText('1 object');
	await unsaved.getByRole('button', { name: 'Discard' }).click();
	await expect(unsaved).toHaveCount(0);
	await learner.page.reload();
	await expect(kept).toBeVisible();
	await expect(unsaved).toHaveCount(0);
});

import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { openClient } from '../support/liveClient.ts';

const SECRET = 'Very private lesson 77';

test('[E2] [E3] a stranger sees a page that reveals nothing, and no socket is opened', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: SECRET, names: ['Private Mentor', 'Private Learner'] });
	const stranger = await open(await world.person('learner', 'Olga Outside'), { expectErrors: /403|404/ });
	const { page } = stranger;
	const sockets: string[] = [];
	page.on('websocket', (socket) => sockets.push(socket.url()));
	for (const path of [lesson.path, `${lesson.path}/recap`]) {
		const response = await page.goto(path);
		expect(response?.status()).toBe(403);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		const shown = `${await page.title()} ${await page.content()}`;
		for (const secret of [SECRET, 'Private Mentor', 'Private Learner', lesson.id, lesson.mentor.id])
			expect(shown).not.toContain(secret);
		const foreign = await page.getByRole('main').innerText();
		const missing = await page.goto('/session/no-such-room-here');
		expect(missing?.status()).toBe(404);
		expect((await page.getByRole('main').innerText()).replace('404', '403')).toBe(foreign);
	}
	expect(sockets).toEqual([]);
	await page.goto('/');
	await expect(page.getByText(SECRET)).toHaveCount(0);
});

test('[S1] from inside a page of ours a stranger reaches no procedure of a foreign room', async ({
	world,
	open
}) => {
	const foreign = await world.classroom({ title: SECRET });
	const own = await world.classroom();
	const learner = await open(own.learners[0]!);
	await learner.goTo(own);
	await expect(learner.page.getByText('Waiting for mentor…')).toBeVisible();
	const frames = await learner.page.evaluate(
		async ([roomCode, csrf]) => {
			const socket = new WebSocket(`ws://${location.host}/trpc?connectionParams=1`);
			await new Promise((done) => socket.addEventListener('open', done));
			socket.send(JSON.stringify({ method: 'connectionParams', data: { csrf } }));
			const heard: string[] = [];
			const paths = ['room.state', 'feedback.mine', 'resources.list'];
			const all = new Promise<void>((done) =>
				socket.addEventListener('message', ({ data }) => {
					// Now and then the server asks whether anybody is there.
					if (data === 'PING') return;
					heard.push(String(data));
					if (heard.length === paths.length) done();
				})
			);
			for (const [index, path] of paths.entries())
				socket.send(
					JSON.stringify({
						id: index + 1,
						jsonrpc: '2.0',
						method: 'query',
						params: { path, input: { roomCode } }
					})
				);
			await all;
			socket.close();
			return heard;
		},
		[foreign.roomCode, own.learners[0]!.csrf] as const
	);
	for (const frame of frames) {
		expect(frame).toContain('not-found');
		expect(frame).not.toContain(SECRET);
	}
});

test('[C2] a further member is told that the room is full and who is there, and comes in by themselves', async ({
	world,
	open
}) => {
	const names = ['Mentor M', 'Ann A', 'Ben B', 'Cem C', 'Dora D'];
	const lesson = await world.classroom({ names });
	const seats = [lesson.mentor, ...lesson.learners.slice(0, 3)].map((person) => {
		const client = openClient(world.url, person);
		return { client, live: client.followLive(lesson) };
	});
	await expect.poll(() => seats[0]!.live.people().length).toBe(4);
	const dora = await open(lesson.learners[3]!);
	await dora.goTo(lesson);
	await expect(dora.page.getByRole('heading', { name: 'The room is full' })).toBeVisible();
	const inside = dora.page.getByRole('list', { name: 'In the room' }).getByRole('listitem');
	await expect(inside).toHaveCount(4);
	// In the order of their arrival, which their sockets decide.
	for (const name of ['Mentor M', 'Ann A', 'Ben B', 'Cem C'])
		await expect(inside.filter({ hasText: name })).toHaveCount(1);
	await expectNoViolation(dora.page, 'a full room');
	const { client, live } = seats[3]!;
	await client.trpc.room.leaveSeat.mutate({ roomCode: lesson.roomCode, seatId: live.seatId });
	await expect(dora.page.getByText('Waiting for mentor…')).toBeVisible();
	await Promise.all(seats.map((seat) => seat.client.close()));
});

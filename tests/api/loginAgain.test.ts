import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/visitor.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

test('[P10] [S1] an open page learns its new token; nobody else learns anything', async () => {
	const lesson = await world.classroom();
	const [learner] = lesson.learners;
	const path = `${lesson.path}/login`;
	const answer = await request(world.url, path, learner!);
	expect(await answer.json()).toEqual({ userId: learner!.id, csrf: learner!.csrf });
	expect(answer.headers.get('cache-control')).toBe('no-store');
	// Another site could not read it even with the cookie.
	expect(answer.headers.get('access-control-allow-origin')).toBeNull();
	const stranger = await world.person('learner');
	for (const [who, where] of [
		[null, path],
		[stranger, path],
		[learner!, '/session/no-such-room/login']
	] as const)
		expect(await (await request(world.url, where, who)).json()).toEqual({ userId: null });
});

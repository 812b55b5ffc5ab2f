import { expect, onTestFinished } from 'vitest';
import { planLesson, startCrashing } from './crashingServer.ts';
import { openPage } from './nodePage.ts';
import { until } from './until.ts';

/** A live lesson on a server that may crash, with a mentor and two learners in it. Closed when the test is over. */
export async function fullLesson() {
	const server = await startCrashing((desk) => planLesson(desk, 2));
	onTestFinished(server.close);
	const { roomCode, everybody } = server.planned;
	const pages = everybody.map((person) => openPage(server.url, person, roomCode));
	onTestFinished(() => pages.forEach((page) => page.close()));
	for (const page of pages) await until(() => expect(page.people()).toHaveLength(3));
	return { server, pages, roomCode, everybody };
}

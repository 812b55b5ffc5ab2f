import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { planLesson, startCrashing } from '../support/crashingServer.ts';
import { fileUploads, idOf, noise, type FileUploads } from '../support/fileUpload.ts';
import { between, measured, rounds } from '../support/rounds.ts';
import { testUnless } from '../support/testUnless.ts';
import { until } from '../support/until.ts';

const KB = 1024;
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/**
 * Brings a file as a page does: begins again whenever something went wrong, until it is there. Each time after a longer
 * pause: whoever asks on and on is refused for asking too often, and would never get three answers in a row.
 */
async function bring(
	files: FileUploads,
	name: string,
	bytes: Uint8Array<ArrayBuffer>,
	part: number
): Promise<void> {
	for (let pause = 20; ; pause = Math.min(2 * pause, 1_000)) {
		try {
			const id = idOf(await files.begin(name, bytes));
			for (;;) {
				const at = await files.standing(id);
				if (at === null) throw new Error('not yet');
				if (at === bytes.length) return;
				await files.send(id, bytes.subarray(at, at + part), at);
			}
		} catch {
			await delay(pause);
		}
	}
}

test('[K4] [K5] [B5] killed and stopped at random moments while files arrive: each there once, whole, and whatever was listed had its bytes', async () => {
	const server = await startCrashing((desk) => planLesson(desk, 1));
	const { roomCode, mentor, learners } = server.planned;
	const files = fileUploads(server.url, { path: `/session/${roomCode}` }, mentor);
	const ROUNDS = rounds(4, 40);
	const sent = new Map<string, Uint8Array<ArrayBuffer>>();
	let listed = 0;
	let running = true;
	const work = Promise.all(
		Array.from({ length: 3 }, async (_, lane) => {
			for (let n = 0; running; n += 1) {
				const bytes = noise(between(1, 400) * KB);
				sent.set(`${lane}-${n}.bin`, bytes);
				await bring(files, `${lane}-${n}.bin`, bytes, between(20, 200) * KB);
				await delay(between(0, 50));
			}
		})
	);
	for (let round = 0; round < ROUNDS; round += 1) {
		await delay(between(50, 700));
		// Told to stop it lets go of what is arriving; killed it could not even do that.
		if (round % 2 === 1) expect(await server.stop()).toMatchObject({ code: 0 });
		else await server.kill();
		await server.start();
		// What was listed when it died, and what it finished by itself since, can be read whole.
		const { resources } = await files.shelf();
		for (const { id, name, size } of resources) {
			const answer = await files.download(id, {}, learners[0]!);
			const bytes = new Uint8Array(await answer.arrayBuffer());
			expect([name, bytes.length, sha256(bytes)]).toEqual([name, size, sha256(sent.get(name)!)]);
			listed += 1;
		}
	}
	running = false;
	await work;
	const { resources, unfinished } = await files.shelf();
	expect(resources.map(({ name }) => name).sort()).toEqual([...sent.keys()].sort());
	expect(unfinished).toEqual([]);
	measured('[K4] files that arrived while the server was killed', '', sent.size, 'each once');
	measured('[K4] downloads right after a kill', '', listed, 'all whole');
	await server.close();
});

/** Why no small disk can be put under a server here; null where it can be. */
function noMount(): string | null {
	const folder = mkdtempSync(join(tmpdir(), 'peerlearn-full-'));
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'none', folder]).status === 0;
	if (mounted) spawnSync('umount', [folder]);
	rmSync(folder, { recursive: true, force: true });
	return mounted ? null : 'no file system can be mounted: that needs Linux and root';
}

testUnless(
	noMount(),
	'[K7] the disk is full: said so, nothing listed, and it goes on by itself when there is room',
	async () => {
		const server = await startCrashing((desk) => planLesson(desk, 1));
		const { roomCode, mentor } = server.planned;
		const files = fileUploads(server.url, { path: `/session/${roomCode}` }, mentor);
		const folder = join(server.dataDir, 'uploads');
		spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]);
		try {
			const bytes = noise(3 * KB * KB);
			const id = await files.begun('large.bin', bytes);
			const answer = await files.send(id, bytes, 0);
			expect(answer.status).toBe(507);
			expect(await answer.json()).toMatchObject({ reason: 'no-space' });
			const at = (await files.standing(id))!;
			expect(at).toBeGreaterThan(0);
			expect((await files.shelf()).resources).toEqual([]);
			expect((await files.send(id, bytes.subarray(at), at)).status).toBe(507);

			spawnSync('mount', ['-o', 'remount,size=20m', folder]);
			const there = (await files.standing(id))!;
			expect((await files.send(id, bytes.subarray(there), there)).status).toBe(204);
			await until(async () => {
				const back = new Uint8Array(await (await files.download(id)).arrayBuffer());
				expect(sha256(back)).toBe(sha256(bytes));
			});
		} finally {
			await server.kill();
			spawnSync('umount', [folder]);
			await server.close();
		}
	}
);

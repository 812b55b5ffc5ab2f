import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'run-'));
afterAll(() => rmSync(folder, { recursive: true }));
const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));

function script(text: string): string {
	const file = join(folder, `${Math.random()}.ts`);
	writeFileSync(file, text);
	return file;
}

async function output(stream: NodeJS.ReadableStream): Promise<string> {
	let text = '';
	for await (const chunk of stream) text += String(chunk);
	return text;
}

test('[O1] the script gets its arguments, where they were typed, a new Node, and keeps its exit code', async () => {
	const file = script(`
		const facts: object = { args: process.argv.slice(2), from: process.env.INIT_CWD, node: process.versions.node };
		process.stdout.write(JSON.stringify(facts));
		process.exitCode = 7;
	`);
	const env = { PATH: process.env.PATH };
	const child = spawn(process.execPath, [RUN, file, '--port', '1', 'x y'], { cwd: folder, env });
	const [text, [code]] = await Promise.all([output(child.stdout), once(child, 'exit') as Promise<[number]>]);
	const facts = JSON.parse(text) as { args: string[]; from: string; node: string };
	expect(facts).toMatchObject({ args: ['--port', '1', 'x y'], from: folder });
	expect(Number(facts.node.split('.')[0])).toBeGreaterThanOrEqual(24);
	expect(code).toBe(7);
});

test('[O3] when the shell that npm started is gone, the script is told to end', async () => {
	const file = script(`
		process.on('SIGTERM', () => { process.stdout.write('told'); process.exit(0); });
		process.stdout.write('up\\n');
		setInterval(() => {}, 1_000);
	`);
	// Not the last command, so that the shell stays between, as it does under npm.
	const shell = spawn('sh', ['-c', `"$0" "$1" "$2"; true`, process.execPath, RUN, file], {
		env: { PATH: process.env.PATH, npm_lifecycle_event: 'demo' },
		stdio: ['ignore', 'pipe', 'ignore']
	});
	await once(shell.stdout, 'data');
	const rest = output(shell.stdout);
	shell.kill('SIGTERM');
	expect(await rest).toBe('told');
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { iceServersFor } from '../../src/lib/server/call/iceServers.ts';
import { noCoturn } from '../support/coturn.ts';
import { quietPort } from '../support/quietPort.ts';
import { testUnless } from '../support/testUnless.ts';
import { openTurnClient } from '../support/turnClient.ts';

const impossible = noCoturn();
const SECRET = 'only-for-tests-peers-0123456789';
const PORT = await quietPort();
const FORBIDDEN = 403;
const UNAUTHORIZED = 401;

/** What a person in a lesson gets, good until `expiresAt`. */
function credentials(expiresAt: number, secret = SECRET): { username: string; credential: string } {
	const config = { STUN_URLS: [], TURN_URLS: [`turn:127.0.0.1:${PORT}`], TURN_SECRET: secret };
	const [turn] = iceServersFor(config, 'a-seat', expiresAt);
	return { username: turn!.username!, credential: turn!.credential! };
}

describe('[S4] a TURN server with docs/deploy/turnserver.conf', () => {
	let folder: string;
	let turn: ChildProcess;

	beforeAll(async () => {
		if (impossible !== null) return;
		folder = await mkdtemp(join(tmpdir(), 'turn-'));
		turn = await startAsDeployed(folder);
	});
	afterAll(async () => {
		if (impossible !== null) return;
		const gone = once(turn, 'exit');
		turn.kill('SIGKILL');
		await gone;
		await rm(folder, { recursive: true });
	});

	testUnless(
		impossible,
		'relays to the internet and never to the machine or the network it stands in',
		async () => {
			const client = await openTurnClient(
				{ address: '127.0.0.1', port: PORT },
				credentials(Date.now() + 60_000),
				4
			);
			for (const open of ['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1'])
				expect([open, await client.permit(open)]).toEqual([open, null]);
			for (const closed of [
				...['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.0.0.1', '10.255.255.254', '172.16.0.1', '172.31.9.9'],
				...['192.168.0.1', '192.168.255.1', '100.64.0.1', '169.254.169.254', '198.18.0.1', '224.0.0.251'],
				...['255.255.255.255', '240.0.0.1', '192.0.2.1']
			])
				expect([closed, await client.permit(closed)]).toEqual([closed, FORBIDDEN]);
			client.close();
		}
	);

	testUnless(
		impossible,
		'the same with addresses of version 6, also those that hide one of version 4',
		async () => {
			const client = await openTurnClient(
				{ address: '127.0.0.1', port: PORT },
				credentials(Date.now() + 60_000),
				6
			);
			for (const open of ['2606:4700:4700::1111', '2a00:1450::1'])
				expect([open, await client.permit(open)]).toEqual([open, null]);
			for (const closed of [
				...['::1', '::', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'febf::1', 'ff02::1', '2002:7f00:1::1'],
				...['::ffff:7f00:1', '::ffff:c0a8:1', '64:ff9b::a00:1']
			])
				expect([closed, await client.permit(closed)]).toEqual([closed, FORBIDDEN]);
			client.close();
		}
	);

	testUnless(
		impossible,
		'takes nobody whose credentials are over, made by somebody else, or for another seat',
		async () => {
			const good = credentials(Date.now() + 60_000);
			const seat = good.username.replace('a-seat', 'b-seat');
			for (const bad of [
				credentials(Date.now() - 60_000),
				credentials(Date.now() + 60_000, 'another-secret-0123456789'),
				{ ...good, username: seat }
			])
				await expect(openTurnClient({ address: '127.0.0.1', port: PORT }, bad, 4)).rejects.toThrow(
					`No relay address: ${UNAUTHORIZED}`
				);
		}
	);
});

/** The file as it stands in docs, with a secret, without certificates, and on addresses that every machine has. */
async function startAsDeployed(folder: string): Promise<ChildProcess> {
	const deployed = await readFile('docs/deploy/turnserver.conf', 'utf8');
	const lines = deployed
		.replace(/^static-auth-secret=.*$/m, `static-auth-secret=${SECRET}`)
		.replace(/^realm=.*$/m, 'realm=room.test')
		.replace(/^listening-port=.*$/m, `listening-port=${PORT}`)
		.replace(/^(cert|pkey|tls-listening-port|pidfile|no-stdout-log).*$/gm, '')
		.concat(
			'\nno-tls\nno-dtls\npidfile=/dev/null\nlistening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nrelay-ip=::1\n'
		);
	const file = join(folder, 'turnserver.conf');
	await writeFile(file, lines);
	const child = spawn('turnserver', ['-c', file], { stdio: ['ignore', 'pipe', 'ignore'] });
	await new Promise<void>((done, fail) => {
		let output = '';
		child.stdout.on('data', (data: Buffer) => {
			output += data.toString();
			if (output.includes('Total General servers')) done();
		});
		child.once('exit', () => fail(new Error(`No TURN server:\n${output}`)));
	});
	return child;
}

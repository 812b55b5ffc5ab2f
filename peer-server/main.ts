import { createServer } from 'node:http';
import { z } from 'zod';
import { loggedError } from '../src/lib/server/loggedError.ts';
import { readOrCreateSecret } from '../src/lib/server/secret.ts';
import { askApp } from './askApp.ts';
import { createPeerServer } from './createPeerServer.ts';
import { createStandingWatch } from './standing.ts';
import { tokenOf, verifyTicket } from './ticket.ts';

/**
 * The PeerServer as a process of its own (`npm run peer-server`). It needs no database: a ticket says whose it is, and the app
 * whether it is still worth something. The app is told of it with PEER_SERVER_URL and must share its secret.
 */
const environment = z.object({
	PEER_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(9000),
	PEER_HOST: z.string().min(1).default('0.0.0.0'),
	ORIGIN: z.url('is missing: it is the address of the app, such as https://learn.example.org'),
	/** Where this process reaches the app, if not at ORIGIN. */
	APP_URL: z.url('must be an address such as http://app:3000').optional(),
	PEERLEARN_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
	DATA_DIR: z.string().min(1).default('data')
});

const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value));
const read = environment.safeParse(given);
if (!read.success) {
	const issue = read.error.issues[0];
	stop(`${String(issue?.path[0])} ${issue?.message}.`);
}
const { PEER_PORT, PEER_HOST, ORIGIN, APP_URL, PEERLEARN_SECRET, DATA_DIR } = read.data;
const secret = PEERLEARN_SECRET ?? readOrCreateSecret(DATA_DIR);
const origin = new URL(ORIGIN).origin;

const say = (error: unknown) =>
	process.stderr.write(
		`PeerServer: ${error instanceof Error ? loggedError(error).message : String(error)}\n`
	);
const standings = createStandingWatch({
	verifyTicket: (token) => verifyTicket(secret, token, Date.now()),
	ask: askApp(APP_URL ?? origin),
	now: Date.now,
	onError: (error) => {
		say(error);
		say('The app does not answer: until it does, no new call is set up.');
	}
});
const peerServer = createPeerServer({
	verifyTicket: standings.verify,
	mayRelay: standings.mayRelay,
	originAllowed: (request) => request.headers.origin === origin,
	onError: say
});
standings.watch(peerServer);
const server = createServer((req, res) => {
	res.writeHead(req.url === '/healthz' ? 200 : 404).end();
});
server.on('upgrade', (req, socket, head) => {
	if (!req.url?.startsWith('/peerjs?')) return void socket.destroy();
	socket.on('error', () => socket.destroy());
	void standings.look(tokenOf(req)).then(() => peerServer.handleUpgrade(req, socket, head));
});
server.on('error', (error: NodeJS.ErrnoException) => {
	stop(error.code === 'EADDRINUSE' ? `PEER_PORT ${PEER_PORT} is already in use.` : error.message);
});
server.listen(PEER_PORT, PEER_HOST, () => {
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : PEER_PORT;
	process.stdout.write(`PeerServer for ${origin} listens on ${PEER_HOST}:${port}\n`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => {
		peerServer.close();
		server.close();
		// PeerServer's own timers would keep the process alive.
		setTimeout(() => process.exit(0), 700);
	});
}

function stop(sentence: string): never {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}

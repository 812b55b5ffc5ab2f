import { createServer } from 'node:http';
import { z } from 'zod';
import { readOrCreateSecret } from '../src/lib/server/secret.ts';
import { createPeerServer } from './createPeerServer.ts';
import { verifyTicket } from './ticket.ts';

/**
 * The PeerServer as a process of its own (`npm run peer-server`). It needs no database: a ticket says all it has to
 * know. The app is told of it with PEER_SERVER_URL and must share its secret.
 */
const environment = z.object({
	PEER_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(9000),
	PEER_HOST: z.string().min(1).default('0.0.0.0'),
	ORIGIN: z.url('is missing: it is the address of the app, such as https://learn.example.org'),
	PEERLEARN_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
	DATA_DIR: z.string().min(1).default('data')
});

const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value));
const read = environment.safeParse(given);
if (!read.success) {
	const issue = read.error.issues[0];
	stop(`${String(issue?.path[0])} ${issue?.message}.`);
}
const { PEER_PORT, PEER_HOST, ORIGIN, PEERLEARN_SECRET, DATA_DIR } = read.data;
const secret = PEERLEARN_SECRET ?? readOrCreateSecret(DATA_DIR);
const origin = new URL(ORIGIN).origin;

const peerServer = createPeerServer({
	verifyTicket: (token) => verifyTicket(secret, token, Date.now()),
	originAllowed: (request) => request.headers.origin === origin,
	onError: (error) => process.stderr.write(`PeerServer: ${error.message}\n`)
});
const server = createServer((req, res) => {
	res.writeHead(req.url === '/healthz' ? 200 : 404).end();
});
server.on('upgrade', (req, socket, head) => {
	if (req.url?.startsWith('/peerjs?')) peerServer.handleUpgrade(req, socket, head);
	else socket.destroy();
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

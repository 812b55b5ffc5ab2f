// Serves bareCall.html, under /recovery bareRecovery.html, and relays what they send. Started by `startServer`.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { relay } from './relay.ts';

const [page, recovery] = ['bareCall.html', 'bareRecovery.html'].map((file) =>
	readFileSync(join(import.meta.dirname, file))
);
const server = createServer(({ url }, response) => {
	const body = url?.startsWith('/recovery') ? recovery : page;
	response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
});
relay(server);
server.listen(0, process.env.HOST || '127.0.0.1', () =>
	process.send?.((server.address() as AddressInfo).port)
);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

// Builds bareBoard.html as our own pages are built, serves it from memory and relays what it sends. Started by `startServer`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import { build } from 'vite';
import { boardLibrary } from '../../boardAssets.ts';
import { relay } from '../relay.ts';

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css'
};

const built = await build({
	configFile: false,
	root: import.meta.dirname,
	logLevel: 'error',
	plugins: [boardLibrary()],
	resolve: {
		alias: { '@excalidraw/mermaid-to-excalidraw': resolve('src/lib/room/adapters/noMermaid.ts') }
	},
	build: {
		write: false,
		modulePreload: false,
		chunkSizeWarningLimit: 5_000,
		rolldownOptions: { input: resolve(import.meta.dirname, 'bareBoard.html') }
	}
});
const files = new Map<string, string | Uint8Array>();
for (const { output } of [built].flat().filter((one) => 'output' in one))
	for (const file of output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source);

const server = createServer(({ url }, response) => {
	const { pathname } = new URL(url ?? '/', 'http://localhost');
	const path = pathname === '/' ? '/bareBoard.html' : pathname;
	const body = files.get(path);
	if (body === undefined) return response.writeHead(404).end();
	response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
});
relay(server);
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

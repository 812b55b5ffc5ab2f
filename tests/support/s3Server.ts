import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the package gives; it has no types of its own. */
type S3rver = new (options: object) => {
	run(): Promise<AddressInfo>;
	close(): Promise<void>;
	httpServer: Server;
};

export interface S3Server {
	/** As an installation is told of it. */
	place: { endpoint: string; bucket: string; region: string; keyId: string; secret: string };
	close(): Promise<void>;
}

/** An S3-compatible server on this machine that checks signatures, with one empty bucket. */
export async function startS3(port = 0): Promise<S3Server> {
	const Server = createRequire(import.meta.url)('@20minutes/s3rver') as S3rver;
	const directory = mkdtempSync(join(tmpdir(), 'peerlearn-s3-'));
	const bucket = 'lesson-files';
	const server = new Server({
		...{ port, address: '127.0.0.1', silent: true, directory },
		allowMismatchedSignatures: false,
		configureBuckets: [{ name: bucket }]
	});
	const { port: taken } = await server.run();
	return {
		place: {
			...{ endpoint: `http://127.0.0.1:${taken}`, bucket },
			// What this server knows of.
			...{ region: 'us-east-1', keyId: 'S3RVER', secret: 'S3RVER' }
		},
		async close() {
			await server.close();
			rmSync(directory, { recursive: true, force: true });
		}
	};
}

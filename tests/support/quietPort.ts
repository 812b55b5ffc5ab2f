import { createServer } from 'node:net';

/**
 * A free port that the system gives to nobody by itself: while a server is down, somebody who tries its port again and
 * again would at some time be given that port to try from, and keep it.
 */
export async function quietPort(): Promise<number> {
	for (;;) {
		const port = 20_000 + Math.floor(Math.random() * 12_000);
		const probe = createServer();
		const isFree = await new Promise<boolean>((resolve) => {
			probe.once('error', () => resolve(false));
			probe.listen(port, () => resolve(true));
		});
		if (!isFree) continue;
		await new Promise((resolve) => probe.close(resolve));
		return port;
	}
}

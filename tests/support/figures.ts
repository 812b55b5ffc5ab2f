import type { World } from './world.ts';

/** Figures of /metrics by name. */
export async function metricsOf({ url }: Pick<World, 'url'>): Promise<Record<string, number>> {
	const text = await (await fetch(`${url}/metrics`)).text();
	const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return Object.fromEntries(lines.map((line) => line.split(' ')).map(([name, n]) => [name, Number(n)]));
}

/** For a server whose memory is looked at: it collects what is garbage soon, so that what shows is what it keeps. */
export const TIDY = { NODE_OPTIONS: '--max-semi-space-size=2' };

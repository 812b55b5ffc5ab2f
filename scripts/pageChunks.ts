import type { Plugin } from 'vite';

/** In this order: a group takes along what its modules import, unless an earlier one has it. */
const CHUNKS = ['start', 'room', 'devices'] as const;
type PageChunk = (typeof CHUNKS)[number];

/** What the bundler tells about a module while it makes chunks. */
interface ModuleGraph {
	getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const ROOM = /\/routes\/session\/\[roomCode\]\/\+page\.(?:svelte|ts)$/;
const SETUP = /\/routes\/setup\/\+page\.svelte$/;
/** What every page begins with. */
const START = /\/runtime\/client\/entry\.js$|\/routes\/\+layout\.svelte$/;
/** It imports all pages later, and SvelteKit would take what they need for what a page needs at once. */
const APP = /\/generated\/client-optimized\/app\.js$/;
/** What the lobby fetches together as soon as camera and microphone are on. */
const DEVICES =
	/\/(?:levels\/createLevels|adapters\/trackLevel|room\/deviceSwap)\.ts$|\/(?:devices\/DevicePanel|path\/PathPanel)\.svelte$/;
/**
 * Svelte and SvelteKit name it beside what every page begins with, but only some pages use it: forms, the recap, the
 * whiteboard.
 */
const ELSEWHERE =
	/\/devalue\/src\/stringify\.js$|\/svelte\/src\/internal\/(?:shared\/clone|client\/(?:reactivity\/store|dom\/elements\/(?:actions|bindings\/size)))\.js$/;
const PAGE = /\/routes\/.*\+(?:page|error)\.svelte$/;

/**
 * Puts what the room page needs at once into a few files. Left to itself the bundler makes one of every handful of modules
 * that the same pages share: some fifty, each with its own imports and names, and compressed alone a tenth larger.
 */
export function pageChunks(): Plugin {
	let placeOf: (id: string) => PageChunk | null = () => null;
	return {
		name: 'peerlearn-page-chunks',
		applyToEnvironment: (environment) => environment.name === 'client',
		buildEnd() {
			placeOf = chunkOf([...this.getModuleIds()], this);
		},
		outputOptions(output) {
			const groups = CHUNKS.map((chunk) => ({ name: chunk, test: (id: string) => placeOf(id) === chunk }));
			return { ...output, codeSplitting: { groups } };
		}
	};
}

/**
 * The chunk of a module of the room page; null for whatever is none, which the bundler places itself.
 * @param ids all modules
 */
export function chunkOf(ids: readonly string[], graph: ModuleGraph): (id: string) => PageChunk | null {
	const reach = (root: RegExp) =>
		reachable(
			ids.filter((id) => root.test(id)),
			graph
		);
	const start = new Set([...reach(START), ...reach(APP)].filter((id) => !APP.test(id)));
	const room = reach(ROOM);
	const devices = reach(DEVICES);
	const others = ids.filter((id) => PAGE.test(id) && !ROOM.test(id) && !SETUP.test(id));
	const elsewhere = reachable(others, graph);
	return (id) => {
		if (ELSEWHERE.test(id)) return null;
		const chunk = room.has(id) ? 'room' : devices.has(id) ? 'devices' : null;
		return start.has(id) || (chunk && elsewhere.has(id)) ? 'start' : chunk;
	};
}

/** What is loaded together with these: not what they import later. */
function reachable(roots: readonly string[], graph: ModuleGraph): Set<string> {
	const found = new Set(roots);
	for (const id of found) graph.getModuleInfo(id)?.importedIds.forEach((one) => found.add(one));
	return found;
}

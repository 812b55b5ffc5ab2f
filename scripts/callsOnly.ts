import type { Plugin } from 'vite';

/** In the constructor of a peer: what packs data of each kind. */
const PACKERS = /(super\(\), this\._serializers = )\{\s*raw:[^{}]+default:[^{}]+\}/;

/**
 * PeerJS without the connections that carry data: browsers in a lesson send each other sound and pictures only, and
 * packing data is a fifth of that library.
 */
export function callsOnly(): Plugin {
	return {
		name: 'peerlearn-calls-only',
		transform(code, id) {
			if (!/\/peerjs\/dist\/bundler\.mjs(\?|$)/.test(id)) return null;
			if (!PACKERS.test(code)) throw new Error('PeerJS makes its connections in another way than it did.');
			return { code: code.replace(PACKERS, '$1{}'), map: null };
		}
	};
}

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { leanPeers } from './callsOnly.ts';

test('[C1] [S7] PeerJS keeps what calls need: no servers of others, no list of peers, no diary of descriptions', async () => {
	const code = await readFile('node_modules/peerjs/dist/bundler.mjs', 'utf8');
	const lean = leanPeers(code);
	expect(lean).not.toMatch(/stun:|turn:|listAllPeers\(\) \{|Set localDescription|Received ICE candidates/);
	for (const kept of [
		'call(peer, stream',
		'answer(stream',
		'reconnect() {',
		'addIceCandidate(',
		'createOffer('
	])
		expect(lean).toContain(kept);
	expect(() => leanPeers(lean)).toThrow('PeerJS is put together in another way than it was.');
});

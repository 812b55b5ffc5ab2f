import type { Plugin } from 'vite';

/** In the constructor of a peer: what packs data of each kind. */
const PACKERS = /(super\(\), this\._serializers = )\{\s*raw:[^{}]+default:[^{}]+\}/;
/** What writes down what it does, for those who look for a mistake in it. */
const DIARY = /var (\$[\w$]+) = new \$[\w$]+\$var\$Logger\(\);/;
/** What somebody gets who says nothing of servers: those of others. */
const FOREIGN_SERVERS = /(\$var\$DEFAULT_CONFIG = )\{\s*iceServers: \[[\s\S]+?\],\s*sdpSemantics/;
/** What knows of browsers by their names. */
const KNOWLEDGE =
	/isWebRTCSupported\(\) \{[\s\S]+?(getBrowser\(\) \{[\s\S]+?)isUnifiedPlanSupported\(\) \{[\s\S]+?minSafariVersion = 605;\s*\}/;
/** A connection made and thrown away, to see whether the browser has any. */
const TRIAL = /this\.supports = function\(\) \{[\s\S]+?\n {8}\}\(\)/;
/** Of a connection that carries data: set by a statement, which keeps the whole class in the page. */
const DATA_MARKS = /static #_ = this\.ID_PREFIX = "dc_";\s*static #_2 = this\.MAX_BUFFERED_AMOUNT = 8388608;/;
/** What asks a server for a name and for everybody's names. Ours gives names out with its tickets and tells nobody's. */
const NAMES =
	/(class \$[\w$]+ \{)\s*constructor\(_options\)\{[\s\S]+?\/\** @deprecated \*\/ async listAllPeers[\s\S]+?\n\}\n/;
const SEEN = 'this.supports = { audioVideo: "RTCPeerConnection" in globalThis }';

/**
 * PeerJS for calls alone. Browsers in a lesson send each other sound and pictures only, and packing data is a fifth of that
 * library. Nor does a page need what would write descriptions of calls to the console, and addresses of servers that are not ours.
 */
export function callsOnly(): Plugin {
	return {
		name: 'peerlearn-calls-only',
		transform(code, id) {
			if (!/\/peerjs\/dist\/bundler\.mjs(\?|$)/.test(id)) return null;
			return { code: leanPeers(code), map: null };
		}
	};
}

/**
 * The library's code with nothing but what calls need.
 * @throws Error when something is not where it was, so that a new version cannot bring it back unseen
 */
export function leanPeers(code: string): string {
	const diary = DIARY.exec(code)?.[1];
	if (
		!diary ||
		![PACKERS, FOREIGN_SERVERS, KNOWLEDGE, TRIAL, DATA_MARKS, NAMES].every((one) => one.test(code))
	)
		throw new Error('PeerJS is put together in another way than it was.');
	// Each entry is the rest of its line, a statement.
	const entry = new RegExp(`\\(0, ${diary.replaceAll('$', '\\$')}\\)\\.(?:log|warn|error)\\(.*\\);$`, 'gm');
	return code
		.replace(PACKERS, '$1{}')
		.replace(entry, '{}')
		.replace(FOREIGN_SERVERS, '$1{ iceServers: [], sdpSemantics')
		.replace(KNOWLEDGE, '$1')
		.replace(TRIAL, SEEN)
		.replace(DATA_MARKS, '')
		.replace(NAMES, '$1}\n');
}

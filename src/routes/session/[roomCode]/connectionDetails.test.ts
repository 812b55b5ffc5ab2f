import { expect, test } from 'vitest';
import type { Figures } from '../../../lib/room/qualityFigures.ts';
import type { PersonView, RoomDetails } from '../../../lib/room/roomView.ts';
import { NO_MEDIA } from '../../../lib/shared/live.ts';
import { asText, browserOf, callTables, ownRows } from './connectionDetails.ts';

const figures: Figures = {
	...{ at: 0, roundTrip: 42.4, shortestTrip: 40, lossIn: 0.013, lossOut: null, jitter: 7, concealed: 0.002 },
	pictureIn: { width: 640, height: 480, rate: 24.6 },
	pictureOut: { width: null, height: null, rate: 0 },
	...{ freezes: 0, bitsIn: 812_000, bitsOut: 43_000, available: 90_000, limitation: 'bandwidth' }
};
const stats = [
	{ id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
	{ id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
	{
		id: 'L',
		type: 'local-candidate',
		candidateType: 'relay',
		protocol: 'udp',
		relayProtocol: 'tcp',
		address: '192.0.2.1'
	},
	{ id: 'R', type: 'remote-candidate', candidateType: 'host', protocol: 'udp', address: '192.0.2.2' },
	{ id: 'C', type: 'codec', mimeType: 'video/VP8' },
	{ id: 'I', type: 'inbound-rtp', kind: 'video', codecId: 'C' }
];
const details: RoomDetails = {
	...{ connection: 'live', serverTrip: 12.3, peerServer: true, iceServers: ['stun:udp', 'turn:tcp'] },
	relayOnly: false,
	calls: [
		{
			...{ userId: 'liam', figures, sent: 'paused', fingerprints: ['SHA-256 A', 'SHA-256 B'] },
			report: new Map(stats.map((stat) => [stat.id, stat])) as unknown as RTCStatsReport
		}
	]
};
const liam: PersonView = {
	...{ userId: 'liam', name: 'Liam Chen', role: 'learner', seatId: 's', arrival: 1, state: 'here' },
	...{
		peerId: 'p',
		media: NO_MEDIA,
		handRaised: false,
		line: null,
		deviceTrouble: null,
		...{ handRaisedAt: null, captions: null },
		isMe: false,
		...{ call: 'connected', path: 'ready', relayed: true }
	},
	...{
		stream: null,
		trouble: null,
		silent: false,
		frozen: false,
		unheard: false,
		videoPaused: false,
		speaking: false
	},
	quality: { level: 'poor', reason: 'loss', side: 'theirs' }
};

test('[M3] [N3] a table for each other person, with the path it takes', () => {
	const [table, ...more] = callTables(details, [{ ...liam, userId: 'me', isMe: true }, liam]);
	expect(more).toEqual([]);
	expect(table?.quality).toBe('Connection quality: poor. Liam’s connection loses packets.');
	expect(table?.rows).toContainEqual({ label: 'Path', value: 'By a relay, TCP' });
	expect(table?.rows).toContainEqual({ label: 'Round trip', value: '42 ms' });
	expect(table?.rows).toContainEqual({ label: 'Packets lost', sent: '–', received: '1.3 %' });
	expect(table?.rows).toContainEqual({ label: 'Picture', sent: '–', received: '640 × 480' });
	expect(table?.rows).toContainEqual({ label: 'Codecs', sent: '–', received: 'VP8' });
	expect(table?.rows).toContainEqual({ label: 'Video sent', sent: 'paused', received: '–' });
	expect(callTables({ ...details, calls: [] }, [liam])[0]?.rows).toEqual([]);
});

test('[M3] what is copied names nobody and no address', () => {
	const own = ownRows(
		details,
		'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
	);
	expect(own).toEqual([
		['Server', 'Connected, 12 ms'],
		['Call set-up', 'Connected'],
		['STUN and TURN', 'STUN over UDP, TURN over TCP'],
		['Browser', 'Chrome 156']
	]);
	const text = asText(callTables(details, [liam]), own);
	expect(text).toContain('Person 1’s connection loses packets');
	expect(text).toContain('Bit rate: sent 43 kbit/s, received 812 kbit/s');
	expect(text).not.toMatch(/Liam|Chen|192\.0|\bs\b$/);
});

test('browsers are told by name and main version', () => {
	expect(browserOf('Mozilla/5.0 (X11; rv:153.0) Gecko/20100101 Firefox/153.0')).toBe('Firefox 153');
	expect(browserOf('Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/19.1 Safari/605')).toBe('Safari 19');
	expect(browserOf('Mozilla/5.0 Chrome/156.0 Safari/537 Edg/156.1')).toBe('Edge 156');
	expect(browserOf('Mozilla/5.0 HeadlessChrome/156.0 Safari/537')).toBe('Chrome 156');
	expect(browserOf('curl/8')).toBe('Unknown');
});

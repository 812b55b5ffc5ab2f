import { callPath } from '../../../lib/room/callPath.ts';
import { levelWords, qualityWords } from '../../../lib/room/qualityWords.ts';
import type { PersonView, RoomDetails } from '../../../lib/room/roomView.ts';
import { COMMA, word } from '../../../lib/shared/counted.ts';

/** One figure: of both ways, or one that belongs to the call as a whole. */
export type Row = { label: string; sent: string; received: string } | { label: string; value: string };

/** The call with one person. */
export interface CallTable {
	userId: string;
	name: string;
	/** Their connection in words. */
	quality: string;
	/** Of both certificates. */
	fingerprints: (string | null)[];
	/** Null until it is known. */
	relayed: boolean | null;
	rows: Row[];
}

const UNKNOWN = '–';

/** A table for each other person. */
export function callTables(details: RoomDetails, people: readonly PersonView[]): CallTable[] {
	return people
		.filter((person) => !person.isMe)
		.map((person) => {
			const call = details.calls.find(({ userId }) => userId === person.userId);
			return {
				userId: person.userId,
				name: person.name,
				quality: qualityLine(person),
				fingerprints: call?.fingerprints ?? [],
				relayed: person.relayed,
				rows: call ? rowsOf(call) : []
			};
		});
}

function qualityLine({ quality, name }: PersonView): string {
	if (!quality) return 'Not connected yet';
	const words = qualityWords(quality, name.trim().split(/\s+/u)[0] ?? name);
	return words ? `${levelWords(quality)}. ${words}.` : levelWords(quality);
}

const SENT: Record<RoomDetails['calls'][number]['sent'], string> = {
	full: word('as usual'),
	less: word('smaller'),
	least: word('smallest'),
	paused: word('paused')
};
const LIMITED = {
	none: word('nothing'),
	bandwidth: word('bandwidth'),
	cpu: word('this computer'),
	other: word('something else')
};

function rowsOf({ figures, report, sent }: RoomDetails['calls'][number]): Row[] {
	if (!figures || !report) return [];
	const path = callPath(report);
	const { pictureIn, pictureOut } = figures;
	const rate = (value: number | null) => (value === null ? UNKNOWN : value.toFixed(0));
	return [
		{ label: 'Path', value: pathWords(path) },
		{ label: 'Round trip', value: milliseconds(figures.roundTrip) },
		{ label: 'Packets lost', sent: percent(figures.lossOut), received: percent(figures.lossIn) },
		{ label: 'Bit rate', sent: kilobits(figures.bitsOut), received: kilobits(figures.bitsIn) },
		{ label: 'Picture', sent: size(pictureOut), received: size(pictureIn) },
		{ label: 'Pictures per second', sent: rate(pictureOut.rate), received: rate(pictureIn.rate) },
		{
			label: 'Codecs',
			sent: codecs(path.soundOut, path.pictureOut),
			received: codecs(path.soundIn, path.pictureIn)
		},
		{ label: 'Unevenness (jitter)', sent: UNKNOWN, received: milliseconds(figures.jitter) },
		{ label: 'Sound made up', sent: UNKNOWN, received: percent(figures.concealed) },
		{ label: 'Available', sent: kilobits(figures.available), received: UNKNOWN },
		{ label: 'Limited by', sent: LIMITED[figures.limitation], received: UNKNOWN },
		{ label: 'Video sent', sent: SENT[sent], received: UNKNOWN }
	];
}

function pathWords({ relayed, protocol }: ReturnType<typeof callPath>): string {
	if (relayed === null) return UNKNOWN;
	return `${relayed ? 'By a relay' : 'Direct'}, ${protocol?.toUpperCase() ?? UNKNOWN}`;
}

function milliseconds(value: number | null): string {
	return value === null ? UNKNOWN : `${value.toFixed(0)} ms`;
}

function percent(share: number | null): string {
	return share === null ? UNKNOWN : `${(share * 100).toFixed(1)} %`;
}

function kilobits(bits: number | null): string {
	return bits === null ? UNKNOWN : `${(bits / 1_000).toFixed(0)} kbit/s`;
}

function size({ width, height }: { width: number | null; height: number | null }): string {
	return width === null || height === null ? UNKNOWN : `${width} × ${height}`;
}

function codecs(sound: string | null, picture: string | null): string {
	return [sound, picture].filter((codec) => codec !== null).join(', ') || UNKNOWN;
}

/** What does not belong to a single call: label and value. */
export function ownRows(details: RoomDetails, userAgent: string): [string, string][] {
	const trip = details.serverTrip === null ? '' : COMMA + milliseconds(details.serverTrip);
	const server = {
		connecting: 'Connecting',
		live: 'Connected',
		reconnecting: 'Reconnecting',
		closed: 'Closed'
	};
	return [
		['Server', `${server[details.connection]}${details.connection === 'live' ? trip : ''}`],
		['Call set-up', details.peerServer ? 'Connected' : 'Not connected'],
		[
			'STUN and TURN',
			details.iceServers
				.map((kind) => {
					const [protocol = '', transport] = kind.toUpperCase().split(':');
					return transport ? `${protocol} over ${transport}` : protocol;
				})
				.join(COMMA) || 'None'
		],
		['Browser', browserOf(userAgent)]
	];
}

/** Name and main version; the whole string says more about a person than anybody needs. */
export function browserOf(userAgent: string): string {
	const known = [
		['Edg', 'Edge'],
		['Firefox', 'Firefox'],
		['Chrome', 'Chrome'],
		['Version', 'Safari']
	] as const;
	for (const [token, name] of known) {
		const version = new RegExp(`(?:^| |Headless)${token}/(\\d+)`).exec(userAgent)?.[1];
		if (version) return `${name} ${version}`;
	}
	return 'Unknown';
}

/** The same as plain text to send to somebody who helps: without names and addresses. */
export function asText(tables: readonly CallTable[], own: readonly [string, string][]): string {
	const lines = ['PeerLearn connection details', ...own.map(([label, value]) => `${label}: ${value}`)];
	tables.forEach((table, nth) => {
		const first = table.name.trim().split(/\s+/u)[0] ?? table.name;
		const person = `Person ${nth + 1}`;
		lines.push('', person, table.quality.replaceAll(first, person));
		for (const row of table.rows)
			lines.push(
				'value' in row
					? `${row.label}: ${row.value}`
					: `${row.label}: sent ${row.sent}, received ${row.received}`
			);
	});
	return lines.join('\n');
}

/** One line of a figure. */
export interface Sample {
	/** After the name, for histograms. */
	part?: '_bucket' | '_sum' | '_count';
	labels?: Record<string, string>;
	value: number;
}

/** Figures only, nothing about persons. One `value`, or `samples` that differ in their labels. */
export type Figure = { name: string; help: string; type: 'gauge' | 'counter' | 'histogram' } & (
	{ value: number; samples?: undefined } | { samples: Sample[] }
);

/** What one server tells about itself; of the process, what it is asked here. `longestStall` in seconds. */
export function figuresOf({
	sockets,
	rooms,
	seats,
	peers,
	jobs,
	mails,
	longestStall,
	passwords
}: {
	sockets: number;
	rooms: number;
	seats: number;
	peers: { connections: number; relayed: number; dropped: number; refused: number };
	jobs: { waiting: number; failing: number; failed: number; oldestDueMs: number };
	mails: { waiting: number; failed: number };
	longestStall: number;
	/** That wait to be hashed. */
	passwords: number;
}): Figure[] {
	return [
		{ name: 'peerlearn_sockets', help: 'Open tRPC sockets.', type: 'gauge', value: sockets },
		{ name: 'peerlearn_rooms', help: 'Rooms with somebody in them.', type: 'gauge', value: rooms },
		{ name: 'peerlearn_seats', help: 'People in rooms.', type: 'gauge', value: seats },
		{
			name: 'peerlearn_peers',
			help: 'Open PeerServer connections.',
			type: 'gauge',
			value: peers.connections
		},
		{
			name: 'peerlearn_peer_frames_total',
			help: 'Frames relayed by the PeerServer.',
			type: 'counter',
			value: peers.relayed
		},
		{
			name: 'peerlearn_peer_frames_dropped_total',
			help: 'Frames that the PeerServer did not relay: to nobody, or not allowed.',
			type: 'counter',
			value: peers.dropped
		},
		{
			name: 'peerlearn_peers_refused_total',
			help: 'Connections that the PeerServer refused.',
			type: 'counter',
			value: peers.refused
		},
		{
			name: 'peerlearn_passwords_waiting',
			help: 'Passwords that wait to be hashed.',
			type: 'gauge',
			value: passwords
		},
		{ name: 'peerlearn_jobs_waiting', help: 'Jobs not done yet.', type: 'gauge', value: jobs.waiting },
		{
			name: 'peerlearn_jobs_failing',
			help: 'Jobs that failed at least once and will be tried again.',
			type: 'gauge',
			value: jobs.failing
		},
		{ name: 'peerlearn_jobs_failed', help: 'Jobs that were given up.', type: 'gauge', value: jobs.failed },
		{
			name: 'peerlearn_jobs_oldest_due_seconds',
			help: 'For how long the oldest job that is due has been waiting.',
			type: 'gauge',
			value: Math.round(jobs.oldestDueMs / 1_000)
		},
		{
			name: 'peerlearn_mails_waiting',
			help: 'Mails not sent yet (they are jobs too).',
			type: 'gauge',
			value: mails.waiting
		},
		{ name: 'peerlearn_mails_failed', help: 'Mails that were given up.', type: 'gauge', value: mails.failed },
		{
			name: 'nodejs_eventloop_lag_max_seconds',
			help: 'Longest time for which nothing else ran, since these figures were last asked for.',
			type: 'gauge',
			value: longestStall
		},
		{
			name: 'process_resident_memory_bytes',
			help: 'Resident memory.',
			type: 'gauge',
			value: process.memoryUsage.rss()
		},
		{
			name: 'process_uptime_seconds',
			help: 'Time since the start.',
			type: 'gauge',
			value: Math.round(process.uptime())
		}
	];
}

/** Prometheus text format 0.0.4. */
export function renderMetrics(figures: readonly Figure[]): string {
	return figures.map(rendered).join('');
}

function rendered(figure: Figure): string {
	const { name, help, type } = figure;
	const lines = (figure.samples ?? [{ value: figure.value }]).map(
		({ part, labels, value }: Sample) => `${name}${part ?? ''}${labelled(labels)} ${value}\n`
	);
	return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelled(labels: Record<string, string> | undefined): string {
	if (!labels) return '';
	const pairs = Object.entries(labels).map(
		([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`
	);
	return `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
	return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

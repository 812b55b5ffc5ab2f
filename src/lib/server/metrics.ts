/** Figures only, nothing about persons. */
export interface Figure {
	name: string;
	help: string;
	type: 'gauge' | 'counter';
	value: number;
}

/** What one server tells about itself; of the process, what it is asked here. `longestStall` in seconds. */
export function figuresOf({
	sockets,
	rooms,
	seats,
	peers,
	jobs,
	mails,
	longestStall
}: {
	sockets: number;
	rooms: number;
	seats: number;
	peers: { connections: number; relayed: number };
	jobs: { waiting: number; failing: number; failed: number; oldestDueMs: number };
	mails: { waiting: number; failed: number };
	longestStall: number;
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
	return figures
		.map(
			({ name, help, type, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
		)
		.join('');
}

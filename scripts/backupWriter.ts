import BetterSqlite from 'better-sqlite3';

/** For the backup's test: another process that writes pairs of rows until it is told to stop, then says how many. */
const connection = new BetterSqlite(process.argv[2]!);
connection.pragma('busy_timeout = 2000');
const { id: userId } = connection.prepare('select id from users').get() as { id: string };
const insert = connection.prepare(
	`insert into notifications (id, user_id, seq, kind, unique_key, payload, created_at) values (?, ?, ?, 'test', ?, '{}', 0)`
);
let total = 0;
const writePair = connection.transaction(() => {
	for (let i = 0; i < 2; i += 1) {
		total += 1;
		insert.run(`row ${total}`, userId, 1_000_000 + total, `key ${total}`);
	}
});
writePair();
process.send?.('started');
const timer = setInterval(writePair, 1);
process.on('message', () => {
	clearInterval(timer);
	writePair();
	process.send?.(total, () => process.exit(0));
});

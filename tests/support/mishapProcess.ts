import BetterSqlite from 'better-sqlite3';
import type { Mishap } from './mishap.ts';

/** Loaded into the real server's process before everything else (`mishap.ts`); the server itself knows nothing of it. */
const { killed, clockAheadMs = 0 } = JSON.parse(process.env.PEERLEARN_MISHAP ?? '{}') as Mishap;

if (clockAheadMs !== 0) {
	const now = Date.now;
	Date.now = () => now() + clockAheadMs;
}

if (killed) {
	const awaited = killed.armedBy.map((text) => new RegExp(text));
	const at = new RegExp(killed.at);
	let skip = killed.skip ?? 0;

	const look = (when: 'before' | 'after', text: string) => {
		if (when === 'before' && awaited[0]?.test(text)) awaited.shift();
		if (awaited.length > 0 || when !== killed.when || !at.test(text)) return;
		if (skip-- > 0) return;
		process.kill(process.pid, 'SIGKILL');
		// The signal comes at once, but not before this thread does anything else.
		for (;;);
	};

	type Method = (...values: unknown[]) => unknown;
	const watched = (text: string, method: Method): Method =>
		function (this: unknown, ...values) {
			const statement = `${text} ${JSON.stringify(values)}`;
			look('before', statement);
			const result = method.apply(this, values);
			look('after', statement);
			return result;
		};

	const { prepare, transaction } = BetterSqlite.prototype;
	BetterSqlite.prototype.prepare = function (this: BetterSqlite.Database, sql: string) {
		const statement = prepare.call(this, sql) as unknown as Record<string, Method>;
		for (const name of ['run', 'get', 'all'])
			Object.defineProperty(statement, name, { value: watched(sql, statement[name]!) });
		return statement;
	} as never;
	BetterSqlite.prototype.transaction = function (this: BetterSqlite.Database, body: Method) {
		const whole = transaction.call(this, (...values: unknown[]) => {
			const result = body(...values);
			look('before', 'COMMIT');
			return result;
		});
		const immediate = (...values: unknown[]): unknown => {
			const result: unknown = whole.immediate(...values);
			look('after', 'COMMIT');
			return result;
		};
		// What drizzle calls.
		return { deferred: whole.deferred, immediate, exclusive: whole.exclusive };
	} as never;
}

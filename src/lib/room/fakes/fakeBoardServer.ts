import { beats, type BoardElement, type BoardStanding, type StoredElement } from '../../shared/board.ts';
import { boardPutSchema, fitsInPut } from '../../shared/boardSchemas.ts';
import type { DrawInput, DrawMessage } from '../../shared/boardInk.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import type { LinkFailure, LinkStatus } from '../ports.ts';
import type { BoardLink } from '../board/boardLink.ts';
import type { PictureFiles } from '../board/pictureSender.ts';

/** The board of one session on a server in memory, by the same rules as the real one. */
export interface FakeBoardServer {
	elements: Map<string, StoredElement>;
	seq: number;
	locked: boolean;
	/** Elements with these ids are refused, and with them the whole message they come in. */
	refuses: Map<string, RefusalReason>;
	/** By their ids. */
	readonly pictures: Map<string, Blob>;
	/** The ids of each upload that came here. */
	readonly uploads: string[];
	/** Why no picture is taken. */
	refusesPictures: RefusalReason | null;
	/** How many elements each put had. */
	readonly puts: number[];
	readonly drawn: DrawInput[];
	/** Takes the place of a restored backup: what came after `seq` is gone. */
	restoreTo(seq: number): void;
	/** A page of one person. */
	link(userId: string, isMentor: boolean): FakeBoardLink;
	readonly pages: Set<FakePage>;
}

interface FakePage {
	hear(): void;
	drawn(userId: string, input: DrawInput): void;
	lock(): void;
}

export interface FakeBoardLink {
	board: BoardLink;
	files: PictureFiles;
	onStatus(listener: (status: LinkStatus) => void): () => void;
	cut(): void;
	restore(): void;
	/** The server takes what is put, but its answers get lost. */
	loseAnswers: boolean;
	/** The page is closed: nothing goes out or comes in any more. */
	end(): void;
}

const fail = (reason: RefusalReason): LinkFailure => ({
	kind: 'refused',
	reason,
	message: `Refused: ${reason}`
});

export function fakeBoardServer(): FakeBoardServer {
	function put(userId: string, isMentor: boolean, changes: BoardElement[]): BoardStanding[] {
		if (!boardPutSchema.safeParse(changes).success) throw fail('bad-input');
		if (!fitsInPut(changes)) throw fail('too-large');
		if (server.locked && !isMentor) throw fail('board-locked');
		const refused = changes.map(({ id }) => server.refuses.get(id)).find((reason) => reason);
		if (refused) throw fail(refused);
		if (changes.some((one) => one.kind === 'image' && !one.deleted && !server.pictures.has(one.data.fileId)))
			throw fail('bad-input');
		server.puts.push(changes.length);
		for (const change of changes) {
			const standing = server.elements.get(change.id);
			if (standing && !beats(change, standing)) continue;
			const authorId = standing?.authorId ?? userId;
			const stored: StoredElement = { ...change, seq: ++server.seq, authorId, changedBy: userId };
			server.elements.set(change.id, stored);
		}
		for (const page of server.pages) page.hear();
		return changes.map(({ id }) => {
			const { seq, version, nonce } = server.elements.get(id)!;
			return { id, seq, version, nonce };
		});
	}

	function upload(isMentor: boolean, fileId: string, bytes: Blob): void {
		server.uploads.push(fileId);
		if (server.locked && !isMentor) throw fail('board-locked');
		if (server.refusesPictures) throw fail(server.refusesPictures);
		server.pictures.set(fileId, bytes);
	}

	const server: FakeBoardServer = {
		elements: new Map(),
		seq: 0,
		locked: false,
		refuses: new Map(),
		pictures: new Map(),
		uploads: [],
		refusesPictures: null,
		puts: [],
		drawn: [],
		pages: new Set(),
		restoreTo(seq) {
			for (const [id, element] of server.elements) if (element.seq > seq) server.elements.delete(id);
			server.seq = seq;
		},
		link: (userId, isMentor) =>
			fakeBoardLink(server, userId, {
				put: (changes) => put(userId, isMentor, changes),
				upload: (fileId, bytes) => upload(isMentor, fileId, bytes)
			})
	};
	return server;
}

function fakeBoardLink(
	server: FakeBoardServer,
	userId: string,
	does: { put(changes: BoardElement[]): BoardStanding[]; upload(fileId: string, bytes: Blob): void }
): FakeBoardLink {
	const statusListeners = new Set<(status: LinkStatus) => void>();
	const lockListeners = new Set<(locked: boolean) => void>();
	const drawListeners = new Set<(message: DrawMessage) => void>();
	let up = true;
	let reading: {
		last: number;
		onBatch: (elements: StoredElement[]) => void;
		onRefused: (reason: RefusalReason) => void;
	} | null = null;

	const status = (): LinkStatus => ({ name: up ? 'live' : 'reconnecting', attempt: 0, reason: null });

	function set(next: boolean): void {
		up = next;
		for (const listener of statusListeners) listener(status());
	}

	function catchUp(): void {
		if (!reading || !up) return;
		const { last } = reading;
		if (last > server.seq) return reading.onRefused('log-restored');
		const news = [...server.elements.values()]
			.filter(({ seq, deleted, kind }) => seq > last && !(last === 0 && deleted && kind !== 'page'))
			.sort((a, b) => a.seq - b.seq);
		reading.last = server.seq;
		for (let at = 0; at < news.length; at += 20) reading?.onBatch(news.slice(at, at + 20));
	}

	const page = {
		hear: catchUp,
		lock() {
			if (up) for (const listener of lockListeners) listener(server.locked);
		},
		drawn(fromUserId: string, { seatId: fromSeatId, ink, cursor, view }: DrawInput) {
			if (!up || fromUserId === userId) return;
			const from = { fromUserId, fromSeatId };
			for (const listener of drawListeners) {
				if (ink) listener({ ...from, type: 'ink', ink });
				if (cursor !== undefined) listener({ ...from, type: 'cursor', cursor });
				if (view) listener({ ...from, type: 'boardView', view });
			}
		}
	};
	server.pages.add(page);

	async function ask<T>(run: () => T): Promise<T> {
		const lost: LinkFailure = { kind: 'lost' };
		await Promise.resolve();
		if (!up) throw lost;
		const answer = run();
		await Promise.resolve();
		if (link.loseAnswers || !up) throw lost;
		return answer;
	}

	const link: FakeBoardLink = {
		loseAnswers: false,
		onStatus(listener) {
			statusListeners.add(listener);
			listener(status());
			return () => statusListeners.delete(listener);
		},
		cut: () => set(false),
		restore() {
			set(true);
			page.lock();
			catchUp();
			if (up) reading?.onBatch([]);
		},
		end() {
			set(false);
			reading = null;
			server.pages.delete(page);
		},
		files: {
			put: (fileId, bytes) => ask(() => does.upload(fileId, bytes)),
			get: (fileId) =>
				ask(() => {
					const bytes = server.pictures.get(fileId);
					if (!bytes) throw fail('not-found');
					return bytes;
				})
		},
		board: {
			follow(after, onBatch, onRefused) {
				const mine = { last: after, onBatch, onRefused };
				reading = mine;
				queueMicrotask(() => {
					if (reading === mine) catchUp();
					if (reading === mine && up) onBatch([]);
				});
				return () => {
					if (reading === mine) reading = null;
				};
			},
			put: (elements) => ask(() => does.put(structuredClone(elements))),
			lock: (_clientId, locked) =>
				ask(() => {
					server.locked = locked;
					for (const other of server.pages) other.lock();
				}),
			onLock(listener) {
				lockListeners.add(listener);
				listener(server.locked);
				return () => lockListeners.delete(listener);
			},
			continueLast: () => Promise.reject(fail('not-found')),
			last: () => ask(() => null),
			draw: (input) =>
				ask(() => {
					server.drawn.push(input);
					for (const other of server.pages) other.drawn(userId, input);
				}),
			onDrawn(listener) {
				drawListeners.add(listener);
				return () => drawListeners.delete(listener);
			}
		}
	};
	return link;
}

import { NO_SUCH_PICTURES, PICTURE_TYPES } from '../../shared/board.ts';
import { BOARD_FILE_MAX_BYTES } from '../../shared/boardLimits.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import { isPassing, linkFailure } from '../failures.ts';
import type { Clock, Stop } from '../ports.ts';
import { requestRetry } from '../retryPolicy.ts';
import { HELD_RETRY, WAITS } from './boardSender.ts';
import type { PictureKeep } from './pictureKeep.ts';

/** The pictures of a session's board on our server. Requests reject with a `LinkFailure`. */
export interface PictureFiles {
	/** Under an id of one's own; repeating is harmless. Once `given` up it counts as lost. */
	put(fileId: string, bytes: Blob, given: { up: AbortSignal }): Promise<void>;
	get(fileId: string): Promise<Blob>;
}

/** Where pictures are kept. */
export interface FileStore {
	/**
	 * Resolves with the file's id as soon as this device has it; the server gets it when it can be reached.
	 * @throws Error whose message is a sentence for people
	 */
	save(file: File): Promise<string>;
	/** Rejects when it is not there. */
	read(fileId: string): Promise<Blob>;
}

/** Delivers the pictures this device keeps, one after the other, until the server has each or refuses it. */
export interface PictureSender extends FileStore {
	/** Whether the server has it; `refused` when it never will. */
	stateOf(fileId: string): 'stored' | 'waiting' | 'refused';
	/** Something may have to be sent, or can be sent now. */
	wake(): void;
	/** The connection was lost and is back: what is on its way over the old one may never arrive. */
	reconnected(): void;
	/** The server cannot be reached with it, or does not take it now. */
	isHeld(): boolean;
	stop(): void;
}

const KINDS: ReadonlySet<string> = new Set(PICTURE_TYPES);

export function createPictureSender(deps: {
	files: PictureFiles;
	keep: PictureKeep;
	clock: Clock;
	randomId: () => string;
	/** Connected, and nothing has to be waited for. */
	isReady: () => boolean;
	/** It stays on this device. */
	onRefused: (fileId: string, message: string) => void;
	/** The server has another one, or is not to be had. */
	onChange: () => void;
}): PictureSender {
	const { files, keep, clock, randomId, isReady, onRefused, onChange } = deps;
	let busy = false;
	let stopped = false;
	let attempt = 0;
	let held = false;
	let stopWaiting: Stop = () => undefined;
	let underWay = new AbortController();

	function pump(): void {
		if (busy || stopped || !isReady()) return;
		const next = keep.all().find(({ refusal }) => refusal === null);
		if (!next) return;
		busy = true;
		stopWaiting();
		deliver(next.id).then(
			() => {
				keep.forget(next.id);
				goOn();
			},
			(error: unknown) => failed(next.id, error)
		);
	}

	async function deliver(fileId: string): Promise<void> {
		const bytes = await keep.read(fileId);
		// The browser has thrown it away. If the server does not have it either it says so of the element.
		underWay = new AbortController();
		if (bytes) await files.put(fileId, bytes, { up: underWay.signal });
	}

	function failed(fileId: string, error: unknown): void {
		const failure = linkFailure(error);
		if (isPassing(failure)) return pause(requestRetry(attempt++));
		if (failure.kind === 'refused' && WAITS.has(failure.reason)) return pause(HELD_RETRY);
		const message = failure.kind === 'refused' ? failure.message : REFUSALS.internal;
		keep.refuse(fileId, message);
		onRefused(fileId, message);
		goOn();
	}

	function goOn(): void {
		attempt = 0;
		busy = false;
		held = false;
		onChange();
		pump();
	}

	function pause(ms: number): void {
		busy = false;
		held = true;
		stopWaiting = clock.after(ms, pump);
		onChange();
	}

	function wake(): void {
		attempt = 0;
		pump();
	}

	return {
		async save(file) {
			if (file.size > BOARD_FILE_MAX_BYTES) throw new Error(REFUSALS['too-large']);
			if (file.type !== '' && !KINDS.has(file.type)) throw new Error(NO_SUCH_PICTURES);
			const id = randomId();
			// Its own copy: what was pasted or chosen may be gone later.
			await keep.keep({ id, name: file.name }, new Blob([await file.arrayBuffer()], { type: file.type }));
			pump();
			return id;
		},
		read: async (fileId) => (await keep.read(fileId)) ?? files.get(fileId),
		stateOf(fileId) {
			const kept = keep.all().find(({ id }) => id === fileId);
			if (!kept) return 'stored';
			return kept.refusal === null ? 'waiting' : 'refused';
		},
		wake,
		reconnected() {
			underWay.abort();
			wake();
		},
		isHeld: () => held,
		stop() {
			stopped = true;
			stopWaiting();
			underWay.abort();
		}
	};
}

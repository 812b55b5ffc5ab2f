import type { Resource, ResourceShelf } from '../../shared/resource.ts';
import { announce, randomId, type Announced } from './announce.ts';
import { checkFile } from './checkFile.ts';
import { forgetFile, keepFile, keptFiles } from './keptFiles.ts';
import { waitToTryAgain } from './patience.ts';
import { pausedFile, queuedFile, type QueuedFile } from './queuedFile.ts';
import { readShelf } from './readShelf.ts';
import { giveUpUpload, sendUpload, Trouble } from './sendUpload.ts';
import { measureSpeed, secondsLeft, startSpeed } from './speed.ts';
import { batchInWords, isBusy, type Upload } from './upload.ts';

/** Sent side by side. More would only make each of them slower. */
const AT_ONCE = 3;

/**
 * The files of one room on their way. Each is kept by the browser until it is stored, so that it goes on after a reload;
 * what fails for a reason that passes is tried again for as long as the page is open.
 */
export function createUploadQueue(roomCode: string, onStored: (resources: Resource[]) => void) {
	const place = `/session/${encodeURIComponent(roomCode)}/uploads`;
	let entries = $state<QueuedFile[]>([]);
	let shelf = $state<ResourceShelf | null>(null);
	/** Read out by screen readers: how a batch went, once. */
	let spoken = $state('');
	// No page looks at these two.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	const running = new Map<string, { controller: AbortController; ended: Promise<void> }>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	const inFlight = new Set<string>();
	const closed = new AbortController();
	let arrived: string[] = [];
	let failed: string[] = [];
	/** What was last decided about a file, once the browser has kept it. */
	let written: Promise<void> = Promise.resolve();

	const find = (key: string) => entries.find((entry) => entry.key === key);
	const set = (key: string, state: Upload['state']) => {
		const entry = find(key);
		if (entry) entry.state = state;
	};
	const drop = (key: string) => (entries = entries.filter((entry) => entry.key !== key));

	/** What the server has now; the page and the limits follow it. */
	async function look(): Promise<ResourceShelf | null> {
		const there = await readShelf(roomCode, closed.signal);
		if (!there || closed.signal.aborted) return null;
		shelf = there;
		onStored(there.resources);
		return there;
	}

	async function open(): Promise<void> {
		const [there, kept] = await Promise.all([look(), keptFiles(roomCode, Date.now())]);
		if (closed.signal.aborted) return;
		for (const { key, file, announced, paused } of kept) {
			if (find(key)) continue;
			const entry = queuedFile(key, file, announced);
			entries.push(paused ? pausedFile(entry, there) : entry);
		}
		for (const { id, name, size, received } of there?.unfinished ?? []) {
			if (entries.some((entry) => entry.name === name && entry.size === size)) continue;
			const state = { name: 'absent', received } as const;
			entries.push({ key: id, name, size, state, file: null, announced: null, id });
		}
		for (const { key, paused } of kept) if (!paused) void bring(key);
	}

	async function add(files: readonly File[]): Promise<void> {
		// The same words once more are said once more.
		spoken = '';
		for (const file of files) {
			const entry = queuedFile(randomId(), file, null);
			const refusal = checkFile(entry, entries, shelf);
			// The same file again goes on with what is there of it.
			const absent = entries.find(({ state, name, size }) => {
				return state.name === 'absent' && name === entry.name && size === entry.size;
			});
			if (absent) drop(absent.key);
			if (refusal) {
				entry.state = { name: 'refused', message: refusal };
				failed.push(entry.name);
			}
			entries.push(entry);
			if (!refusal) void bring(entry.key);
		}
		sumUp();
	}

	/** As it is now, for the next load of the page. */
	function keep({ key, file, announced, state }: QueuedFile): Promise<void> {
		if (!file) return Promise.resolve();
		const told = $state.snapshot(announced);
		const paused = state.name === 'paused';
		return keepFile({ key, roomCode, file, announced: told, paused, keptAt: Date.now() });
	}

	/** From waiting to stored or refused; in one tab at a time, and not before an earlier try has let go. */
	async function bring(key: string): Promise<void> {
		const controller = new AbortController();
		const { signal } = controller;
		const earlier = running.get(key)?.ended;
		const ended = (async () => {
			await earlier;
			if (signal.aborted) return;
			const name = `peerlearn-upload:${key}`;
			// Not to be had on insecure pages; there two tabs may get into each other's way.
			if (!navigator.locks) return bringHere(key, signal);
			const free = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
				if (lock) await bringHere(key, signal);
				// Whichever tab comes next finds that it was paused or cancelled.
				await written;
				return lock !== null;
			});
			if (free || signal.aborted) return;
			set(key, { name: 'elsewhere' });
			await navigator.locks.request(name, { signal }, async () => {
				await takeOver(key, signal);
				await written;
			});
		})()
			.catch((error: unknown) => {
				if (!signal.aborted) throw error;
			})
			.finally(sumUp);
		running.set(key, { controller, ended });
		await ended;
	}

	/** The other tab is done with it, or was closed half-way. */
	async function takeOver(key: string, signal: AbortSignal): Promise<void> {
		const kept = (await keptFiles(roomCode, Date.now())).find((one) => one.key === key);
		const there = kept && !kept.paused ? null : await look();
		if (!kept) return void drop(key);
		if (!kept.paused) return bringHere(key, signal);
		entries = entries.map((entry) => (entry.key === key ? pausedFile(entry, there) : entry));
	}

	async function bringHere(key: string, signal: AbortSignal): Promise<void> {
		const entry = find(key);
		const file = entry?.file;
		if (!file) return;
		if (!entry.announced) await keep(entry);
		for (let attempt = 1; ; attempt += 1) {
			await turn(key, signal);
			if (signal.aborted) return;
			const before = sentOf(key);
			inFlight.add(key);
			try {
				await send(key, file, await announcedOf(key, file), signal);
				return await stored(key);
			} catch (error) {
				if (signal.aborted) return;
				if (!(error instanceof Trouble) || !error.mayPass)
					return refuse(key, error instanceof Error ? error.message : String(error));
				// As long as it gets on there is no reason to be patient.
				if (sentOf(key) > before) attempt = 1;
				stall(key, error.message);
			} finally {
				inFlight.delete(key);
			}
			await waitToTryAgain(attempt, signal);
			if (signal.aborted) return;
		}
	}

	/** In its turn only: many files read at once would fill the memory. */
	async function announcedOf(key: string, file: File): Promise<Announced> {
		const known = find(key)?.announced;
		if (known) return known;
		const announced = await announce(file).catch(() => {
			throw new Trouble('This file cannot be read.', false);
		});
		// Cancelled meanwhile it must not come back with the next reload.
		const entry = find(key);
		if (!entry) return announced;
		entry.announced = announced;
		await keep(entry);
		return announced;
	}

	function stall(key: string, message: string): void {
		if (!entries.some(({ state }) => state.name === 'stalled')) spoken = message;
		set(key, { name: 'stalled', sent: sentOf(key), message });
	}

	const sentOf = (key: string) => {
		const state = find(key)?.state;
		return state && 'sent' in state ? state.sent : 0;
	};

	/** Waits until fewer than `AT_ONCE` others are being sent. A stalled one gives its place away meanwhile. */
	async function turn(key: string, signal: AbortSignal): Promise<void> {
		while (inFlight.size >= AT_ONCE && !signal.aborted) await new Promise((done) => setTimeout(done, 100));
		// What stalled says so until something moves.
		if (!signal.aborted && find(key)?.state.name !== 'stalled')
			set(key, { name: 'sending', sent: sentOf(key), secondsLeft: null });
	}

	function send(key: string, file: File, announced: Announced, signal: AbortSignal): Promise<unknown> {
		let speed = startSpeed(performance.now(), sentOf(key));
		const told = {
			begun(id: string) {
				const entry = find(key);
				if (entry) entry.id = id;
				// It was there in part under this id, and was chosen again.
				drop(id);
			},
			sent(sent: number) {
				speed = measureSpeed(speed, performance.now(), sent);
				if (!signal.aborted) set(key, { name: 'sending', sent, secondsLeft: secondsLeft(speed, file.size) });
			}
		};
		return sendUpload(place, file, announced, told, signal);
	}

	async function stored(key: string): Promise<void> {
		await forgetFile(key);
		await look();
		const entry = find(key);
		if (entry) arrived.push(entry.name);
		drop(key);
	}

	async function refuse(key: string, message: string): Promise<void> {
		set(key, { name: 'refused', message });
		const entry = find(key);
		if (entry) failed.push(entry.name);
		await forgetFile(key);
	}

	function sumUp(): void {
		if (entries.some(isBusy) || arrived.length + failed.length === 0) return;
		spoken = batchInWords(arrived, failed);
		arrived = [];
		failed = [];
	}

	function stop(key: string): void {
		running.get(key)?.controller.abort();
	}

	return {
		get uploads(): readonly Upload[] {
			return entries;
		},
		/** Going away now would make somebody wait for what is on its way. */
		get busy() {
			return entries.some(isBusy);
		},
		/** The same, and it gets on: what waits for a server goes on elsewhere just as well. */
		get moving() {
			return entries.some(({ state }) => state.name === 'waiting' || state.name === 'sending');
		},
		get spoken() {
			return spoken;
		},
		get limits() {
			return shelf?.limits ?? null;
		},
		open,
		add,
		/** A stored file was taken away: there is room again. */
		removed: look,
		pause(key: string) {
			const entry = find(key);
			if (!entry) return;
			entry.state = { name: 'paused', sent: sentOf(key) };
			written = keep(entry);
			stop(key);
		},
		resume(key: string) {
			const entry = find(key);
			if (!entry) return;
			entry.state = { name: 'sending', sent: sentOf(key), secondsLeft: null };
			written = keep(entry);
			void bring(key);
		},
		async cancel(key: string) {
			const entry = find(key);
			drop(key);
			written = forgetFile(key);
			stop(key);
			await written;
			if (entry?.id) await giveUpUpload(place, entry.id);
			sumUp();
		},
		close() {
			closed.abort();
			for (const key of [...running.keys()]) stop(key);
		}
	};
}

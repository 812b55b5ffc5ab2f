import type { Resource, ResourceShelf } from '../../shared/resource.ts';
import { plainName } from '../../shared/plainText.ts';
import { announce, randomId, type Announced } from './announce.ts';
import { checkFile } from './checkFile.ts';
import { forgetFile, keepFile, keptFiles } from './keptFiles.ts';
import { waitToTryAgain } from './patience.ts';
import { giveUpUpload, sendUpload, Trouble } from './sendUpload.ts';
import { measureSpeed, secondsLeft, startSpeed } from './speed.ts';
import { batchInWords, isBusy, type Upload } from './upload.ts';

/** Sent side by side. More would only make each of them slower. */
const AT_ONCE = 3;

interface Entry extends Upload {
	/** Null for what is on the server in part and not on this page. */
	file: File | null;
	announced: Announced | null;
	/** On the server; known once it has begun. */
	id: string | null;
}

/**
 * The files of one room on their way. Each is kept by the browser until it is stored, so that it goes on after a reload;
 * what fails for a reason that passes is tried again for as long as the page is open.
 */
export function createUploadQueue(roomCode: string, onStored: (resources: Resource[]) => void) {
	const place = `/session/${encodeURIComponent(roomCode)}/uploads`;
	let entries = $state<Entry[]>([]);
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

	const find = (key: string) => entries.find((entry) => entry.key === key);
	const set = (key: string, state: Upload['state']) => {
		const entry = find(key);
		if (entry) entry.state = state;
	};
	const drop = (key: string) => (entries = entries.filter((entry) => entry.key !== key));

	/** What the server has; asked until it answers. */
	async function readShelf(): Promise<ResourceShelf | null> {
		for (let attempt = 1; !closed.signal.aborted; attempt += 1) {
			try {
				const answer = await fetch(`/session/${encodeURIComponent(roomCode)}/resources`);
				if (answer.ok) return (shelf = (await answer.json()) as ResourceShelf);
				if (answer.status < 500 && answer.status !== 429) return null;
			} catch {
				// Nobody there: once more.
			}
			await waitToTryAgain(attempt, closed.signal);
		}
		return null;
	}

	async function open(): Promise<void> {
		const [there, kept] = await Promise.all([readShelf(), keptFiles(roomCode, Date.now())]);
		if (closed.signal.aborted) return;
		if (there) onStored(there.resources);
		for (const { key, file, announced } of kept) if (!find(key)) entries.push(entryOf(key, file, announced));
		for (const { id, name, size, received } of there?.unfinished ?? []) {
			if (entries.some((entry) => entry.name === name && entry.size === size)) continue;
			const state = { name: 'absent', received } as const;
			entries.push({ key: id, name, size, state, file: null, announced: null, id });
		}
		for (const { key } of kept) void bring(key);
	}

	async function add(files: readonly File[]): Promise<void> {
		for (const file of files) {
			const refusal = checkFile(file, entries, shelf);
			// The same file again goes on with what is there of it.
			const absent = entries.find(({ state, name, size }) => {
				return state.name === 'absent' && name === plainName(file.name) && size === file.size;
			});
			if (absent) drop(absent.key);
			const entry = entryOf(randomId(), file, null);
			if (refusal) {
				entry.state = { name: 'refused', message: refusal };
				failed.push(file.name);
			}
			entries.push(entry);
			if (!refusal) void bring(entry.key);
		}
		sumUp();
	}

	function entryOf(key: string, file: File, announced: Announced | null): Entry {
		return { key, name: file.name, size: file.size, state: { name: 'waiting' }, file, announced, id: null };
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
				return lock !== null;
			});
			if (free || signal.aborted) return;
			set(key, { name: 'elsewhere' });
			await navigator.locks.request(name, { signal }, () => takeOver(key, signal));
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
		const kept = await keptFiles(roomCode, Date.now());
		if (kept.some((one) => one.key === key)) return bringHere(key, signal);
		drop(key);
		const there = await readShelf();
		if (there) onStored(there.resources);
	}

	async function bringHere(key: string, signal: AbortSignal): Promise<void> {
		const entry = find(key);
		const file = entry?.file;
		if (!file) return;
		if (!entry.announced) await keepFile({ key, roomCode, file, announced: null, keptAt: Date.now() });
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
		await keepFile({ key, roomCode, file, announced, keptAt: Date.now() });
		const entry = find(key);
		if (entry) entry.announced = announced;
		// Cancelled meanwhile: it must not come back with the next reload.
		else await forgetFile(key);
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
		const there = await readShelf();
		const entry = find(key);
		if (entry) arrived.push(entry.name);
		if (there) onStored(there.resources);
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
		async removed(): Promise<void> {
			const there = await readShelf();
			if (there) onStored(there.resources);
		},
		pause(key: string) {
			const sent = sentOf(key);
			stop(key);
			set(key, { name: 'paused', sent });
		},
		resume(key: string) {
			set(key, { name: 'sending', sent: sentOf(key), secondsLeft: null });
			void bring(key);
		},
		async cancel(key: string) {
			const entry = find(key);
			stop(key);
			drop(key);
			await forgetFile(key);
			if (entry?.id) await giveUpUpload(place, entry.id);
			sumUp();
		},
		close() {
			closed.abort();
			for (const key of [...running.keys()]) stop(key);
		}
	};
}

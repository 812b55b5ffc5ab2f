import {
	FILE_NAME_MAX_CHARACTERS,
	RESOURCE_MAX_BYTES,
	RESOURCES_MAX_BYTES_PER_SESSION
} from '../../shared/limits.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Resource } from '../../shared/resource.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { Row, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import type { FileStore } from './fileStore.ts';
import { resourcesQueries } from './resourcesQueries.ts';

export function createResources(deps: {
	store: Store;
	files: FileStore;
	sessions: Sessions;
	now: () => number;
}) {
	const queries = resourcesQueries(deps.store);

	async function mentorsSession(roomCode: string, user: SignedInUser): Promise<Row<'sessions'>> {
		const { session, member } = await deps.sessions.membership(roomCode, user);
		if (member.role !== 'mentor') throw new Refusal('not-mentor');
		return session;
	}

	return {
		/**
		 * Keeps a file for the members of a session. The row is written after the bytes are on disk.
		 * @throws Refusal `not-found`, `not-mentor`, `not-live` before the start, `bad-input` for an empty file, `too-large`
		 */
		async add(
			roomCode: string,
			user: SignedInUser,
			file: { name: string; type: string; body: ReadableStream<Uint8Array> }
		): Promise<Resource> {
			const session = await mentorsSession(roomCode, user);
			if (session.status !== 'live' && session.status !== 'completed') throw new Refusal('not-live');
			const stored = await deps.files.put(file.body, RESOURCE_MAX_BYTES);
			const row: Row<'resources'> = {
				id: createId(),
				sessionId: session.id,
				uploadedBy: user.id,
				name: cleanFileName(file.name),
				type: cleanType(file.type),
				size: stored.size,
				sha256: stored.sha256,
				storageKey: stored.key,
				uploadedAt: new Date(deps.now()),
				removedAt: null
			};
			const fits = stored.size > 0 && (await queries.add(row, RESOURCES_MAX_BYTES_PER_SESSION));
			if (!fits) {
				await deps.files.remove(stored.key);
				if (stored.size === 0) throw new Refusal('bad-input', 'This file is empty.');
				throw new Refusal('too-large', 'The files of this session would be larger than 200 MB together.');
			}
			return toResource(row);
		},

		async list(roomCode: string, user: SignedInUser): Promise<Resource[]> {
			const { session } = await deps.sessions.membership(roomCode, user);
			return (await queries.of(session.id)).map(toResource);
		},

		/** @throws Refusal `not-found` */
		async open(
			roomCode: string,
			user: SignedInUser,
			id: string
		): Promise<{ resource: Resource; stream: ReadableStream<Uint8Array> }> {
			const { session } = await deps.sessions.membership(roomCode, user);
			const row = await queries.find(session.id, id);
			if (!row) throw new Refusal('not-found');
			return { resource: toResource(row), stream: await deps.files.get(row.storageKey) };
		},

		/** Removing what is gone already is fine. */
		async remove(roomCode: string, user: SignedInUser, id: string): Promise<void> {
			const session = await mentorsSession(roomCode, user);
			const row = await queries.remove(session.id, id, new Date(deps.now()));
			if (row) await deps.files.remove(row.storageKey);
		}
	};
}

export type Resources = ReturnType<typeof createResources>;

function toResource(row: Row<'resources'>): Resource {
	const { id, name, size, type, uploadedBy, uploadedAt } = row;
	return { id, name, size, type, uploadedBy, uploadedAt: uploadedAt.getTime() };
}

/** The last part of a path, without control and direction-changing characters, cut in the middle when too long. */
export function cleanFileName(name: string): string {
	const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const plain = last
		.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
		.trim();
	const shown = plain.replace(/^\.+$/, '').toWellFormed();
	if (shown === '') return 'file';
	if (shown.length <= FILE_NAME_MAX_CHARACTERS) return shown;
	const keep = FILE_NAME_MAX_CHARACTERS / 2 - 1;
	return `${shown.slice(0, keep)}…${shown.slice(-keep)}`.toWellFormed();
}

function cleanType(type: string): string {
	const plain = type.split(';')[0]!.trim().toLowerCase();
	return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/.test(plain) ? plain : 'application/octet-stream';
}

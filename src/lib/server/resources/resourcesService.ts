import { Refusal } from '../../shared/refusals.ts';
import type { Resource, ResourceShelf } from '../../shared/resource.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { Row, Store } from '../db/store.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { servedType } from './contentType.ts';
import type { ByteRange, FileStore } from './fileStore.ts';
import { resourcesQueries } from './resourcesQueries.ts';
import type { Uploads } from './uploadsService.ts';

export function createResources(deps: {
	store: Store;
	files: Pick<FileStore, 'get'>;
	sessions: Pick<Sessions, 'membership'>;
	uploads: Pick<Uploads, 'unfinishedOf' | 'limits'>;
	now: () => number;
}) {
	const queries = resourcesQueries(deps.store);

	async function mentorsSession(roomCode: string, user: SignedInUser): Promise<Row<'sessions'>> {
		const { session, member } = await deps.sessions.membership(roomCode, user);
		if (member.role !== 'mentor') throw new Refusal('not-mentor');
		return session;
	}

	return {
		async list(roomCode: string, user: SignedInUser): Promise<Resource[]> {
			const { session } = await deps.sessions.membership(roomCode, user);
			return (await queries.of(session.id)).map(toResource);
		},

		/** The list, what of one's own is still on its way, and how large files may be. Refusal `not-found`. */
		async shelf(roomCode: string, user: SignedInUser): Promise<ResourceShelf> {
			const { session } = await deps.sessions.membership(roomCode, user);
			const [rows, unfinished] = await Promise.all([
				queries.of(session.id),
				deps.uploads.unfinishedOf({ session, userId: user.id })
			]);
			return { resources: rows.map(toResource), unfinished, limits: deps.uploads.limits };
		},

		/**
		 * @param partOf which part of so many bytes is wanted; null for all of them
		 * @throws Refusal `not-found`
		 */
		async open(
			roomCode: string,
			user: SignedInUser,
			id: string,
			partOf: (size: number) => ByteRange | null = () => null
		): Promise<{ resource: Resource; part: ByteRange | null; stream: ReadableStream<Uint8Array> }> {
			const { session } = await deps.sessions.membership(roomCode, user);
			const row = await queries.find(session.id, id);
			if (!row) throw new Refusal('not-found');
			const part = partOf(row.size);
			const stream = await deps.files.get(row.storageKey, part ?? undefined);
			return { resource: toResource(row), part, stream };
		},

		/** Removing what is gone already is fine. */
		async remove(roomCode: string, user: SignedInUser, id: string): Promise<void> {
			const session = await mentorsSession(roomCode, user);
			await queries.remove(session.id, id, new Date(deps.now()));
		}
	};
}

export type Resources = ReturnType<typeof createResources>;

function toResource(row: Row<'resources'>): Resource {
	const { id, name, size, type, uploadedBy, uploadedAt } = row;
	return { id, name, size, type: servedType(type), uploadedBy, uploadedAt: uploadedAt.getTime() };
}

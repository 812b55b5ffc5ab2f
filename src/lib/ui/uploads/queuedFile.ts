import { plainName } from '../../shared/plainText.ts';
import type { ResourceShelf } from '../../shared/resource.ts';
import type { Announced } from './announce.ts';
import type { Upload } from './upload.ts';

export interface QueuedFile extends Upload {
	/** Null for what is on the server in part and not on this page. */
	file: File | null;
	announced: Announced | null;
	/** On the server; known once it has begun. */
	id: string | null;
}

/** Named as the server names it: else it would not know its own part again. */
export function queuedFile(key: string, file: File, announced: Announced | null): QueuedFile {
	const name = plainName(file.name) || file.name;
	return { key, name, size: file.size, state: { name: 'waiting' }, file, announced, id: null };
}

/** As its person has left it: with what is on the server of it. */
export function pausedFile(file: QueuedFile, there: ResourceShelf | null): QueuedFile {
	const part = there?.unfinished.find(({ name, size }) => name === file.name && size === file.size);
	return { ...file, id: part?.id ?? null, state: { name: 'paused', sent: part?.received ?? 0 } };
}

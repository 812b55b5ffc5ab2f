import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { BinaryFileData } from '@excalidraw/excalidraw/types';
import type { FileStore } from '../../board/pictureSender.ts';

/** How long it takes until a picture that did not come is asked for again, ms. */
const AGAIN_AFTER = 3_000;

/** Fetches the pictures of the elements that are shown, each once. */
export interface Pictures {
	want(elements: readonly ExcalidrawElement[]): void;
	stop(): void;
}

export function createPictures(deps: {
	files: Pick<FileStore, 'read'>;
	add: (files: BinaryFileData[]) => void;
}): Pictures {
	const { files, add } = deps;
	const asked = new Set<string>();
	let stopped = false;

	async function fetch(fileId: string): Promise<void> {
		while (!stopped) {
			try {
				const data = await readPicture(files, fileId);
				if (!stopped) add([data]);
				return;
			} catch {
				await new Promise((resume) => setTimeout(resume, AGAIN_AFTER));
			}
		}
	}

	return {
		want(elements) {
			for (const element of elements) {
				if (element.type !== 'image' || element.fileId === null || asked.has(element.fileId)) continue;
				asked.add(element.fileId);
				void fetch(element.fileId);
			}
		},
		stop() {
			stopped = true;
		}
	};
}

/** A picture as the library wants it. Rejects when it is not there. */
export async function readPicture(files: Pick<FileStore, 'read'>, fileId: string): Promise<BinaryFileData> {
	const blob = await files.read(fileId);
	const dataURL = await toDataUrl(blob);
	return { id: fileId, dataURL, mimeType: blob.type, created: 1 } as unknown as BinaryFileData;
}

function toDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error ?? new Error('The picture cannot be read.'));
		reader.readAsDataURL(blob);
	});
}

import type { ResourceShelf } from '../../shared/resource.ts';
import { formatBytes } from '../fileSize.ts';
import type { Upload } from './upload.ts';

/** Why a file need not even be sent, in words; null when it may. Without the shelf the server says so later. */
export function checkFile(
	file: { name: string; size: number },
	others: readonly Upload[],
	shelf: ResourceShelf | null
): string | null {
	if (file.size === 0) return 'It is empty, or a folder.';
	const same = others.find(({ name, size }) => name === file.name && size === file.size);
	if (same && same.state.name !== 'absent' && same.state.name !== 'refused')
		return 'It is on its way already.';
	if (!shelf) return null;
	const { limits, resources } = shelf;
	if (file.size > limits.perFile)
		return `It has ${formatBytes(file.size)}; a file may have at most ${formatBytes(limits.perFile)}.`;
	const coming = others.filter((other) => other !== same && other.state.name !== 'refused');
	const taken = [...resources, ...coming].reduce((sum, { size }) => sum + size, 0);
	const left = limits.perSession - taken;
	if (file.size <= left) return null;
	return left > 0
		? `There is room for ${formatBytes(left)} more in this session.`
		: `The files of this session have ${formatBytes(limits.perSession)} already; remove one first.`;
}

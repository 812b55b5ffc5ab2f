import { formatBytes } from '../fileSize.ts';
import { counted } from '../../shared/counted.ts';

/** One file on its way, as a page shows it. Sizes in bytes. */
export interface Upload {
	/** Of this page. */
	key: string;
	name: string;
	size: number;
	state: UploadState;
}

export type UploadState =
	/** Being looked at, or others come first. */
	| { name: 'waiting' }
	| { name: 'sending'; sent: number; secondsLeft: number | null }
	| { name: 'paused'; sent: number }
	/** Something is in the way; it is tried again by itself. */
	| { name: 'stalled'; sent: number; message: string }
	| { name: 'refused'; message: string }
	/** Another tab of this browser sends it. */
	| { name: 'elsewhere' }
	/** A part of it is on the server; the file itself is not on this page. */
	| { name: 'absent'; received: number };

/** Whether taking the page away now would break something off. */
export function isBusy({ state }: Upload): boolean {
	return state.name === 'waiting' || state.name === 'sending' || state.name === 'stalled';
}

/** 0 to 100; full only when all of it is there. */
export function percentOf({ size, state }: Upload): number {
	const there = 'sent' in state ? state.sent : state.name === 'absent' ? state.received : 0;
	return size === 0 ? 0 : Math.min(100, Math.floor((there / size) * 100));
}

/** What stands below the name: “12 of 25 MB, about 20 s left”. */
export function inWords(upload: Upload): string {
	const { size, state } = upload;
	const whole = formatBytes(size);
	if (state.name === 'waiting') return `${whole}, waiting`;
	if (state.name === 'elsewhere') return `${whole}, being sent in another tab`;
	if (state.name === 'absent')
		return `${percentOf(upload)} % of ${whole} is there – choose the same file again to go on`;
	if (state.name === 'refused') return state.message;
	const part = partOf(state.sent, size);
	if (state.name === 'paused') return `Paused at ${part}`;
	if (state.name === 'stalled') return `${part}. ${state.message}`;
	return state.secondsLeft === null ? part : `${part}, ${timeLeft(state.secondsLeft)}`;
}

/** The unit once where both have the same: “12 of 25 MB”. */
function partOf(sent: number, size: number): string {
	const [part, whole] = [formatBytes(Math.min(sent, size)), formatBytes(size)];
	const [number = '', unit] = part.split(' ');
	return `${unit === whole.split(' ')[1] ? number : part} of ${whole}`;
}

/** Rounded so that it does not flicker: to 5 seconds below a minute, to minutes above. */
export function timeLeft(seconds: number): string {
	if (seconds < 5) return 'a few seconds left';
	if (seconds < 57.5) return `about ${Math.round(seconds / 5) * 5} s left`;
	return `about ${Math.max(1, Math.round(seconds / 60))} min left`;
}

/** How a batch went, for screen readers: once at its end. */
export function batchInWords(arrived: readonly string[], failed: readonly string[]): string {
	const good = counted(arrived.length, {
		one: `${arrived[0]} is uploaded.`,
		other: '# files are uploaded.'
	});
	const bad = counted(failed.length, {
		one: `${failed[0]} is not uploaded.`,
		other: '# files are not uploaded.'
	});
	return [arrived.length > 0 && good, failed.length > 0 && bad].filter(Boolean).join(' ');
}

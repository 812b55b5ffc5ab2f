/** What colour and sign a toast has. */
export type ToastKind = 'plain' | 'info' | 'success' | 'warning' | 'error';

export interface ToastOptions {
	/** A second line. */
	description?: string;
	/** How long it stays, ms, while nobody is at it. */
	duration?: number;
	action?: { label: string; onClick: () => void };
	/** Something else reads the same words out. */
	quiet?: boolean;
}

export interface Toast extends ToastOptions {
	id: number;
	kind: ToastKind;
	title: string;
	/** Of its time, ms. */
	left: number;
	/** Its time is over, its motion is not. */
	leaving: boolean;
}

/** ms */
const DURATION = 4_000;
/** As long as `.sheet-motion` takes to go (`--motion-quick`), ms. */
const GOING = 140;
/** More at once would be a storm (spec M4): the oldest makes room. */
const SHOWN = 3;

let all = $state.raw<readonly Toast[]>([]);
let newest = 0;

/** The toasts that are shown, oldest first. `Toaster.svelte` shows them and tells when their time is over. */
export const toasts = {
	get current(): readonly Toast[] {
		return all;
	},
	drop(id: number): void {
		all = all.map((one) => (one.id === id ? { ...one, leaving: true } : one));
		setTimeout(() => (all = all.filter((one) => one.id !== id)), GOING);
	}
};

function show(kind: ToastKind, title: string, options: ToastOptions = {}): void {
	newest += 1;
	const left = options.duration ?? DURATION;
	all = [...all.slice(1 - SHOWN), { ...options, kind, title, left, id: newest, leaving: false }];
}

type Show = (title: string, options?: ToastOptions) => void;

/**
 * Says something beside the page for a few seconds. Our own, because a library for it is a fifteenth of what the room
 * page may weigh.
 */
export const toast: Show & Record<Exclude<ToastKind, 'plain'>, Show> = Object.assign<
	Show,
	Record<Exclude<ToastKind, 'plain'>, Show>
>((title, options) => show('plain', title, options), {
	info: (title, options) => show('info', title, options),
	success: (title, options) => show('success', title, options),
	warning: (title, options) => show('warning', title, options),
	error: (title, options) => show('error', title, options)
});

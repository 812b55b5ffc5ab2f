import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast, toasts } from './toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	for (const { id } of toasts.current) toasts.drop(id);
	vi.runAllTimers();
	vi.useRealTimers();
});

const titles = () => toasts.current.map(({ title }) => title);

test('[M4] toasts never come in storms: the newest three are there, oldest first', () => {
	for (const title of ['one', 'two', 'three', 'four', 'five']) toast(title);
	expect(titles()).toEqual(['three', 'four', 'five']);
	expect(new Set(toasts.current.map(({ id }) => id)).size).toBe(3);
});

test('[M4] a toast says what kind it is and how long it stays', () => {
	toast('plain');
	toast.warning('longer', { duration: 8_000, quiet: true });
	expect(toasts.current).toMatchObject([
		{ kind: 'plain', left: 4_000, leaving: false },
		{ kind: 'warning', left: 8_000, quiet: true }
	]);
});

test('[M4] one that leaves moves away first, and takes no other one along', () => {
	toast.success('first');
	toast.error('second');
	toasts.drop(toasts.current[0]!.id);
	expect(toasts.current.map(({ leaving }) => leaving)).toEqual([true, false]);
	vi.runAllTimers();
	expect(titles()).toEqual(['second']);
});

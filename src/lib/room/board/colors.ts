/** The colours of the board, told apart on white and, turned round, on black. */
export const COLORS = [
	{ name: 'Black', value: '#1e1e1e' },
	{ name: 'Red', value: '#c92a2a' },
	{ name: 'Orange', value: '#d9480f' },
	{ name: 'Green', value: '#2b8a3e' },
	{ name: 'Blue', value: '#1864ab' },
	{ name: 'Purple', value: '#862e9c' },
	{ name: 'Yellow', value: '#f5b800' }
] as const;

/** What a colour is called: the name of the one of ours that is nearest to it. */
export function colorName(value: string): string {
	const wanted = channels(value);
	const distances = COLORS.map(({ name, value: ours }) => ({ name, far: distance(channels(ours), wanted) }));
	return distances.reduce((best, one) => (one.far < best.far ? one : best)).name;
}

function channels(value: string): number[] {
	return [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16) || 0);
}

function distance(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, channel, at) => sum + (channel - b[at]!) ** 2, 0);
}

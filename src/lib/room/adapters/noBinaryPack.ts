/**
 * Stands where PeerJS imports its packing of data (see vite.config.ts). Nothing but sound and pictures goes from browser
 * to browser; data that somebody sends all the same is dropped unread.
 */
export function pack(): never {
	throw new Error('Browsers send each other no data.');
}

export function unpack(): undefined {
	return undefined;
}

/** A file that was handed over in a session. */
export interface Resource {
	id: string;
	name: string;
	/** Bytes. */
	size: number;
	/** Media type as the uploader's browser gave it. */
	type: string;
	/** User id. */
	uploadedBy: string;
	/** ms since the epoch. */
	uploadedAt: number;
}

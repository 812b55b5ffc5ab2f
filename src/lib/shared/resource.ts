/** A file that was handed over in a session. */
export interface Resource {
	id: string;
	name: string;
	/** Bytes. */
	size: number;
	/** Media type: what its content is, whatever its name says. */
	type: string;
	/** User id. */
	uploadedBy: string;
	/** ms since the epoch. */
	uploadedAt: number;
}

/** A file of which a part has arrived. Its id is that of the file it will be. */
export interface UnfinishedUpload {
	id: string;
	name: string;
	/** Bytes, of the whole file. */
	size: number;
	/** Bytes that are on the server. */
	received: number;
	/** ms since the epoch: given up then, unless more arrives. */
	expiresAt: number;
}

/** Bytes. */
export interface ResourceLimits {
	perFile: number;
	perSession: number;
}

/** All that a page shows of a session's files to whoever asks. */
export interface ResourceShelf {
	resources: Resource[];
	/** One's own; empty for learners. */
	unfinished: UnfinishedUpload[];
	limits: ResourceLimits;
}

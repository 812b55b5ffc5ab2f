/** A learner whose time zone their mentor may know: they have made themselves known to this mentor. */
export interface LearnerZone {
	email: string;
	name: string;
	/** IANA name. */
	timeZone: string;
}

/** The mentor’s picture, for pages that say which pictures there are. */
export function picturesOf(mentor: { id: string; picture: string | null }): Record<string, string> {
	return mentor.picture === null ? {} : { [mentor.id]: mentor.picture };
}

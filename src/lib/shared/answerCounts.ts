/** How many of those who were asked to come said what. */
export interface AnswerCounts {
	open: number;
	accepted: number;
	declined: number;
}

/** What the columns of a mentor's bookings are called, in the order in which they stand. */
export const STATEMENT_HEAD = [
	...['Date', 'Time', 'Lesson', 'Learners', 'Minutes', 'Currency', 'Price', 'Platform fee', 'Earned']
];

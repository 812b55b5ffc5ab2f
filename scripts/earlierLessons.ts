import type { SampleLearner, SampleLesson } from './sampleLessons.ts';

/** Lessons before the dozen that are told in detail: with them a year of the dashboards has its ups and downs. */
const MAYA: [
	daysAgo: number,
	title: string,
	learners: SampleLearner[],
	price: number,
	stars: [number, number]
][] = [
	[331, 'Getting to know each other', ['liam'], 2_500, [4, 5]],
	[317, 'Fractions, once more from the start', ['liam'], 3_000, [5, 4]],
	[303, 'Negative numbers', ['liam'], 3_000, [5, 5]],
	[289, 'Terms and brackets', ['liam'], 3_000, [4, 4]],
	[275, 'Factoring', ['liam'], 3_000, [5, 4]],
	[240, 'Proportions', ['liam'], 3_000, [5, 5]],
	[226, 'Percentages in daily life', ['liam'], 3_000, [5, 4]],
	[212, 'Interest and compound interest', ['liam'], 3_000, [4, 5]],
	[180, 'Angles and triangles', ['aisha'], 3_500, [5, 5]],
	[173, 'Circles', ['aisha'], 3_500, [5, 5]],
	[152, 'Pythagoras, proved twice', ['liam', 'aisha'], 5_200, [5, 5]],
	[138, 'Area and volume', ['liam', 'aisha'], 5_200, [4, 5]],
	[124, 'Reading diagrams', ['aisha'], 3_500, [5, 5]],
	[110, 'Mean, median and what they hide', ['liam', 'aisha'], 5_200, [5, 4]],
	[96, 'Chance: dice and coins', ['liam'], 3_500, [5, 5]],
	[89, 'Chance: trees of cases', ['liam', 'aisha'], 5_200, [5, 5]],
	[82, 'Coordinates', ['liam'], 3_500, [4, 5]],
	[54, 'Parallel and perpendicular lines', ['liam'], 3_500, [5, 5]],
	[12, 'Questions before the exam', ['aisha'], 2_000, [5, 5]]
];

export const EARLIER_LESSONS: SampleLesson[] = MAYA.map(([daysAgo, title, learners, priceMinor, stars]) => ({
	...{ mentor: 'maya', hour: 15, minutes: 60, lasted: 60 },
	...{ title, learners, daysAgo, priceMinor, chat: [], files: [] },
	ratings: learners.flatMap((learner): SampleLesson['ratings'] => [
		[learner, 'maya', stars[0], ''],
		['maya', learner, stars[1], '']
	])
}));

/** What the demo's past is made of (spec, “What `npm run demo` creates”). Times are relative to the day of the demo. */

export const SAMPLE_PASSWORD = 'learn-together';

export const SAMPLE_PEOPLE = {
	maya: { name: 'Maya Okafor', email: 'maya@peerlearn.test', role: 'mentor' },
	liam: { name: 'Liam Chen', email: 'liam@peerlearn.test', role: 'learner' },
	aisha: { name: 'Aisha Rahman', email: 'aisha@peerlearn.test', role: 'learner' },
	omar: { name: 'Omar Haddad', email: 'omar@peerlearn.test', role: 'learner' },
	ines: { name: 'Ines Duarte', email: 'ines@peerlearn.test', role: 'mentor' }
} as const;

export type SamplePerson = keyof typeof SAMPLE_PEOPLE;
export type SampleLearner = 'liam' | 'aisha';

export interface SampleLesson {
	title: string;
	mentor: 'maya' | 'ines';
	learners: SampleLearner[];
	daysAgo: number;
	/** Hour of the day, UTC. */
	hour: number;
	/** Scheduled length. */
	minutes: number;
	/** How long it took; less than scheduled means that the mentor ended it. */
	lasted: number;
	priceMinor: number;
	chat: [SamplePerson, string][];
	/** Stars and words, from whom to whom. */
	ratings: [from: SamplePerson, to: SamplePerson, stars: number, comment: string][];
	files: { name: string; type: string; text: string }[];
	/** The mentor's, for the next lesson. */
	note?: string;
	/** Whose connection was lost, after how many minutes and for how many. */
	lost?: { who: SamplePerson; after: number; minutes: number }[];
}

const maya = { mentor: 'maya', hour: 16, minutes: 60, lasted: 60, priceMinor: 3_500 } as const;
const ines = { mentor: 'ines', hour: 18, minutes: 45, lasted: 45, priceMinor: 2_800 } as const;
const markdown = (name: string, text: string) => ({ name, type: 'text/markdown', text });
const csv = (name: string, rows: string[]) => ({ name, type: 'text/csv', text: `${rows.join('\n')}\n` });

export const SAMPLE_LESSONS: SampleLesson[] = [
	{
		...maya,
		title: 'Linear functions: slope and intercept',
		learners: ['liam'],
		daysAgo: 68,
		chat: [
			['maya', 'Hi Liam, can you hear me well?'],
			['liam', 'Yes, loud and clear.'],
			['maya', 'Exercise 3 once more at home, then 4 and 5.']
		],
		ratings: [
			['liam', 'maya', 5, 'I finally see what the slope tells me.'],
			['maya', 'liam', 4, 'Attentive and quick. Keep drawing the line before you calculate.']
		],
		files: [
			markdown(
				'slope-and-intercept.md',
				'# y = mx + b\n\nm says how steep, b says where it crosses the y-axis.\n'
			)
		]
	},
	{
		...maya,
		title: 'Systems of two equations',
		learners: ['liam'],
		daysAgo: 61,
		lasted: 52,
		lost: [{ who: 'liam', after: 21, minutes: 4 }],
		chat: [
			['liam', 'Is substitution always possible?'],
			['maya', 'Always, but elimination is often shorter.']
		],
		ratings: [
			['liam', 'maya', 5, ''],
			['maya', 'liam', 5, 'Solved the last one alone.']
		],
		files: [
			csv('practice-systems.csv', ['nr,first,second', '1,x + y = 7,x - y = 1', '2,2x + y = 8,x - y = 1'])
		]
	},
	{
		...ines,
		title: 'Portuguese for travellers: at the café',
		learners: ['aisha'],
		daysAgo: 57,
		chat: [
			['ines', 'Bom dia, Aisha!'],
			['aisha', 'Bom dia! Um café, por favor.'],
			['ines', 'Perfeito.']
		],
		ratings: [
			['aisha', 'ines', 5, 'Friendly and never in a hurry.'],
			['ines', 'aisha', 5, 'A very good ear for the nasal sounds.']
		],
		files: [
			markdown(
				'no-cafe.md',
				'# No café\n\n- uma bica — an espresso\n- um galão — coffee with a lot of milk\n- a conta — the bill\n'
			)
		]
	},
	{
		...maya,
		title: 'Quadratic functions: completing the square',
		learners: ['liam', 'aisha'],
		daysAgo: 50,
		minutes: 75,
		lasted: 75,
		priceMinor: 5_200,
		chat: [
			['aisha', 'Why half of b, and then squared?'],
			['maya', 'Look at the picture on the board: it is the missing corner.'],
			['liam', 'Oh!'],
			['aisha', 'That makes sense now.']
		],
		ratings: [
			['liam', 'maya', 4, 'A bit fast at the end, good otherwise.'],
			['aisha', 'maya', 5, 'The picture made all the difference.'],
			['maya', 'liam', 4, ''],
			['maya', 'aisha', 5, 'Asks exactly the right questions.']
		],
		files: [
			markdown('completing-the-square.md', '# Completing the square\n\nx² + bx = (x + b/2)² − (b/2)²\n'),
			csv('homework.csv', ['nr,function', '1,x² + 6x + 5', '2,x² − 4x − 1', '3,2x² + 8x'])
		]
	},
	{
		...maya,
		title: 'Powers and roots',
		learners: ['aisha'],
		daysAgo: 43,
		chat: [
			['aisha', 'So a root is a power of one half?'],
			['maya', 'Exactly. All the rules stay the same.']
		],
		ratings: [
			['aisha', 'maya', 5, 'Clear and calm.'],
			['maya', 'aisha', 5, '']
		],
		files: [markdown('power-rules.md', '# Rules\n\naᵐ · aⁿ = aᵐ⁺ⁿ\n\n(aᵐ)ⁿ = aᵐⁿ\n')]
	},
	{
		...ines,
		title: 'Portuguese: talking about yesterday',
		learners: ['aisha'],
		daysAgo: 38,
		lasted: 41,
		chat: [
			['ines', 'O que fizeste ontem?'],
			['aisha', 'Ontem eu fui ao mercado.']
		],
		ratings: [['aisha', 'ines', 4, 'I would like more speaking and less grammar.']],
		files: []
	},
	{
		...maya,
		title: 'Exponential growth',
		learners: ['liam'],
		daysAgo: 33,
		chat: [
			['liam', 'The rice on the chessboard is huge.'],
			['maya', 'More than all the rice in the world. That is the point.']
		],
		ratings: [
			['liam', 'maya', 5, 'Best lesson so far.'],
			['maya', 'liam', 5, 'Great intuition.']
		],
		files: [
			csv('chessboard.csv', ['square,grains', '1,1', '10,512', '32,2147483648', '64,9223372036854775808'])
		]
	},
	{
		...maya,
		title: 'Logarithms without fear',
		learners: ['liam'],
		daysAgo: 26,
		lasted: 58,
		chat: [
			['maya', 'A logarithm asks: to which power?'],
			['liam', 'log₂ 8 = 3, because 2³ = 8.']
		],
		ratings: [
			['liam', 'maya', 5, 'No fear left.'],
			['maya', 'liam', 4, 'Practise the change of base.']
		],
		files: [markdown('logarithms.md', '# Logarithms\n\nlog_b x answers: b to which power is x?\n')]
	},
	{
		...ines,
		title: 'Portuguese: planning a trip',
		learners: ['liam', 'aisha'],
		daysAgo: 19,
		minutes: 60,
		lasted: 60,
		priceMinor: 4_400,
		chat: [
			['liam', 'Como se diz “window seat”?'],
			['ines', 'Lugar à janela.'],
			['aisha', 'Obrigada!']
		],
		ratings: [
			['liam', 'ines', 5, 'Fun in a group.'],
			['aisha', 'ines', 5, ''],
			['ines', 'liam', 4, 'Brave from the first minute.']
		],
		files: [
			markdown('viagem.md', '# A viagem\n\n- o bilhete — the ticket\n- o lugar à janela — the window seat\n')
		]
	},
	{
		...maya,
		title: 'Trigonometry: the unit circle',
		learners: ['aisha'],
		daysAgo: 15,
		chat: [
			['maya', 'Sine is the height, cosine the width.'],
			['aisha', 'And the tangent?'],
			['maya', 'The slope of the ray.']
		],
		ratings: [
			['aisha', 'maya', 5, 'Now I do not have to learn it by heart.'],
			['maya', 'aisha', 5, 'A pleasure, as always.']
		],
		files: [
			csv('special-angles.csv', [
				'degrees,sine,cosine',
				'0,0,1',
				'30,0.5,0.8660',
				'45,0.7071,0.7071',
				'90,1,0'
			])
		]
	},
	{
		...maya,
		title: 'Exam preparation: functions',
		learners: ['liam', 'aisha'],
		daysAgo: 5,
		minutes: 90,
		lasted: 87,
		lost: [
			{ who: 'aisha', after: 12, minutes: 3 },
			{ who: 'maya', after: 47, minutes: 2.5 }
		],
		priceMinor: 6_000,
		chat: [
			['liam', 'Can we do number 7 together?'],
			['aisha', 'Yes please, I am stuck there too.'],
			['maya', 'Then 7 it is. Who wants to share their screen?']
		],
		ratings: [
			['aisha', 'maya', 4, ''],
			// Liam has not rated yet: until he has, or until its days are over, he does not see this one.
			['maya', 'liam', 5, 'You are ready.'],
			['maya', 'aisha', 5, 'You are ready, too.']
		],
		files: [
			markdown(
				'mock-exam.md',
				'# Mock exam\n\n1. Sketch f(x) = x² − 4x + 3.\n2. Where does it cross the axes?\n'
			),
			markdown(
				'mock-exam-answers.md',
				'# Answers\n\n1. A parabola with its vertex at (2, −1).\n2. (1, 0), (3, 0) and (0, 3).\n'
			)
		]
	},
	{
		...maya,
		title: 'Limits: getting closer and closer',
		learners: ['liam'],
		daysAgo: 2,
		lasted: 61,
		minutes: 65,
		lost: [{ who: 'liam', after: 18, minutes: 3.5 }],
		note: 'Begin with the limit of (1 + 1/n)ⁿ. Liam brings his drawing of the two curves.',
		chat: [
			['liam', 'So it never gets there?'],
			['maya', 'It does not have to. Closer than any distance you name is enough.']
		],
		ratings: [['liam', 'maya', 5, 'My head is spinning, in a good way.']],
		files: [markdown('limits.md', '# Limits\n\n1/n comes as close to 0 as you like.\n')]
	}
];

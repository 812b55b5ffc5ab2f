import { everybody, learners, LOGIN, members, mentors, signedIn, type Place, type Row } from './routeRow.ts';

const ratings = ({ lesson, who }: Place) => {
	const other = who?.id === lesson.mentor.id ? lesson.learners[0]! : lesson.mentor;
	return { ratings: JSON.stringify([{ rateeId: other.id, stars: 5, comment: '' }]) };
};
/** What is refused by a service stays a form that can be sent again. */
const ofMentor = (given: Partial<Parameters<typeof members>[0]> = {}) =>
	members({ inside: 400, outside: 400, signedOut: 401, ...given });

/** Form actions, in an order in which each has something to do. Callers come in theirs: the mentor last. */
export const ACTIONS: Record<string, Row> = {
	// Nothing right is sent where anybody would be changed by it: what is looked at is whether they are let in.
	'POST /account?/profile': { form: () => ({ name: '' }), expected: signedIn(400) },
	'POST /account?/picture': { form: () => ({ picture: '' }), expected: signedIn(400) },
	'POST /account?/address': { form: () => ({ email: '' }), expected: signedIn(400) },
	// The last two ask for the second time within a minute.
	'POST /account?/resend': { expected: { ...signedIn(200), overLearner: 429, overMentor: 429 } },
	'POST /account?/password': { form: () => ({ current: '' }), expected: signedIn(400) },
	// Logins of others are not found, which is as good as ended.
	'POST /account?/endLogin': { form: ({ params }) => ({ key: params.loginKey! }), expected: signedIn(200) },
	'POST /account?/everywhere': { endsLogins: true, expected: signedIn('303 /login') },
	'POST /account?/farewell': { form: () => ({ password: '' }), expected: signedIn(400) },
	'POST /availability?/default': { form: () => ({ slug: '' }), expected: mentors(400, 403, 401) },
	'POST /book/[slug]?/default': {
		form: () => ({ at: '1', minutes: '1', price: '1', note: '' }),
		expected: learners(409, 409, 401)
	},
	'POST /calendar/feed?/renew': { form: () => ({ version: 'x' }), expected: signedIn(400) },
	'POST /forgot?/default': { form: () => ({ email: '' }), expected: everybody(400) },
	'POST /invitation/[token]?/accept': { expected: signedIn(400, 401) },
	// Whoever holds the link may say no, once, where its address has no account.
	'POST /invitation/[token]?/decline': { expected: { ...everybody(400), signedOut: 204 } },
	'POST /login?/default': { form: () => ({ email: '' }), expected: everybody(400) },
	'POST /notifications?/read': { form: () => ({ upTo: 'x' }), expected: signedIn(400) },
	'POST /notifications?/choose': { form: () => ({ kind: 'none' }), expected: signedIn('303 /notifications') },
	'POST /reset/[token]?/default': { form: () => ({ password: 'long-enough-1' }), expected: everybody(410) },
	'POST /session/[roomCode]?/feedback': {
		form: ratings,
		expected: members({
			...{ inside: 409, outside: 403, signedOut: LOGIN },
			...{ overLearner: 200, overMentor: 200 }
		})
	},
	'POST /session/[roomCode]/recap?/feedback': {
		form: ratings,
		expected: ofMentor({ overLearner: 204, overMentor: 204 })
	},
	'POST /session/[roomCode]/recap?/note': {
		form: () => ({ text: 'Fractions' }),
		expected: ofMentor({ overMentor: 204 })
	},
	'POST /session/[roomCode]/recap?/remove': {
		form: ({ freshId }) => ({ id: freshId() }),
		expected: ofMentor({ mentor: 204, overMentor: 204 })
	},
	'POST /sessions/[roomCode]?/reschedule': {
		planned: true,
		form: () => ({ date: '2099-01-05', time: '10:00', minutes: '60', scope: 'this' }),
		expected: ofMentor({ mentor: 204 })
	},
	'POST /sessions/[roomCode]?/edit': {
		planned: true,
		form: ({ lesson }) => ({
			...{ title: 'Another title', description: '', price: '1' },
			learnerEmails: lesson.learners.map(({ email }) => email).join(' ')
		}),
		expected: ofMentor({ mentor: 204 })
	},
	'POST /sessions/[roomCode]?/accept': { planned: true, expected: ofMentor() },
	'POST /sessions/[roomCode]?/decline': { planned: true, expected: ofMentor({ learner: 204 }) },
	'POST /sessions/[roomCode]?/cancel': {
		planned: true,
		form: () => ({ reason: '', scope: 'this' }),
		expected: ofMentor({ mentor: 204 })
	},
	'POST /sessions/new?/default': { form: () => ({ title: '' }), expected: mentors(400, 403, 401) },
	'POST /signup?/default': { form: () => ({ email: '' }), expected: everybody(400) },
	'POST /verify/[token]?/default': { expected: everybody(410) }
};

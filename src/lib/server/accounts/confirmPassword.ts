import { Refusal } from '../../shared/refusals.ts';
import type { Row, Store } from '../db/store.ts';
import { accountsQueries } from './accountsQueries.ts';
import { verifyPassword } from './password.ts';
import type { SignInGuard } from './signInGuard.ts';

/**
 * Asks somebody who is signed in for their password once more, before what cannot be taken back: an open page is no proof
 * of who sits in front of it. Counts as signing in does. Refusals: `wrong-password`, `too-many`, `signed-out`
 */
export type ConfirmPassword = (userId: string, password: string) => Promise<Row<'users'>>;

export function createConfirmPassword({
	store,
	guard
}: {
	store: Store;
	guard: SignInGuard;
}): ConfirmPassword {
	const queries = accountsQueries(store);
	return async (userId, password) => {
		const person = await queries.userById(userId);
		if (!person) throw new Refusal('signed-out');
		const wasRight = guard.beforePassword(person.email, null);
		if (!(await verifyPassword(person.passwordHash, password))) throw new Refusal('wrong-password');
		wasRight();
		return person;
	};
}

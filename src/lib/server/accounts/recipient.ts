import type { Language } from '../../shared/language.ts';
import type { MailRecipient } from '../mail/mailKinds.ts';

/** A person as mails are addressed to them; `address` where it is not the one of their account. */
export function recipientOf(
	person: { id: string; name: string; email: string; timeZone: string; language?: Language | null },
	address: string = person.email
): MailRecipient {
	const { id, name, timeZone, language = null } = person;
	return { userId: id, address, name, language, timeZone };
}

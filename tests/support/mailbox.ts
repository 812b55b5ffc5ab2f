import { desc, eq } from 'drizzle-orm';
import type { MailKind } from '../../src/lib/server/mail/mailKinds.ts';
import type { Row } from '../../src/lib/server/db/store.ts';
import type { World } from './world.ts';

/** Mails to an address that a server without SMTP keeps, the newest first. */
export async function mailsTo({ store }: Pick<World, 'store'>, address: string): Promise<Row<'mails'>[]> {
	const { mails } = store.tables;
	return store.db.select().from(mails).where(eq(mails.toAddress, address)).orderBy(desc(mails.createdAt));
}

/** The path of the link in the newest mail of this kind, as a person would press it. */
export async function linkIn(world: Pick<World, 'store'>, address: string, kind: MailKind): Promise<string> {
	const mail = (await mailsTo(world, address)).find((each) => each.kind === kind);
	const link = /https?:\/\/[^/\s]+(\/(?:verify|reset|invitation)\/[\w-]+)/.exec(mail?.text ?? '')?.[1];
	if (!link) throw new Error(`No mail “${kind}” with a link came to ${address}.`);
	return link;
}

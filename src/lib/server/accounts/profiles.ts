import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Language } from '../../shared/language.ts';
import { PORTRAIT_MAX_BYTES, PORTRAIT_MAX_PIXELS } from '../../shared/limits.ts';
import { Refusal } from '../../shared/refusals.ts';
import { PICTURE_HEAD_BYTES, readPicture } from '../board/pictures.ts';
import type { Store } from '../db/store.ts';
import type { FileStore } from '../resources/fileStore.ts';
import { changePerson, readPerson } from './personQueries.ts';
import { pictureVersion } from './pictureVersion.ts';

/** What browsers show everywhere; moving pictures beside a name would disturb. */
const TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const NO_PICTURE = 'Choose a PNG, JPEG or WebP picture.';

/** How a person is shown to others, and how pages speak to them. */
export function createProfiles(deps: { store: Store; files: FileStore }) {
	const { store, files } = deps;
	const { tables, db } = store;

	/** Puts another picture, or none, in the place of the one that is there, and throws that away. */
	async function replacePicture(userId: string, pictureKey: string | null): Promise<void> {
		const old = await store.transact(function* (tx) {
			const person = yield* readPerson(tables, tx, { id: userId });
			if (!person) throw new Refusal('signed-out');
			yield* changePerson(tables, tx, userId, { pictureKey });
			return person.pictureKey;
		});
		if (old) await files.remove(old);
	}

	return {
		/** `language`: null for what the browser asks for. @throws Refusal `signed-out` */
		async editProfile(
			userId: string,
			profile: { name: string; timeZone: string; language: Language | null }
		): Promise<void> {
			const { name, timeZone, language } = profile;
			const known = await store.transact((tx) =>
				changePerson(tables, tx, userId, { name, timeZone, language })
			);
			if (!known) throw new Refusal('signed-out');
		},

		async setLanguage(userId: string, language: Language): Promise<void> {
			await store.transact((tx) => changePerson(tables, tx, userId, { language }));
		},

		/**
		 * Keeps a picture, whatever its name says by what is in it. Refusals: `bad-input` (no picture that we show, or one of
		 * too many pixels), `too-large`, `no-space`
		 */
		async setPicture(userId: string, bytes: Uint8Array): Promise<void> {
			if (bytes.length > PORTRAIT_MAX_BYTES)
				throw new Refusal('too-large', 'This picture is larger than 1 MB.');
			const picture = readPicture(bytes.subarray(0, PICTURE_HEAD_BYTES));
			const side = Math.max(picture?.width ?? Infinity, picture?.height ?? Infinity);
			if (!picture || !TYPES.includes(picture.type) || side > PORTRAIT_MAX_PIXELS)
				throw new Refusal('bad-input', NO_PICTURE);
			const { key } = await files.put(asStream(bytes), PORTRAIT_MAX_BYTES);
			try {
				await replacePicture(userId, key);
			} catch (error) {
				await files.remove(key);
				throw error;
			}
		},

		removePicture: (userId: string): Promise<void> => replacePicture(userId, null),

		/** The versions of the pictures these people have, by person. */
		async picturesOf(userIds: Iterable<string>): Promise<Record<string, string>> {
			const { users } = tables;
			const ids = [...new Set(userIds)];
			if (ids.length === 0) return {};
			const rows = await db
				.select({ id: users.id, key: users.pictureKey })
				.from(users)
				.where(and(inArray(users.id, ids), isNotNull(users.pictureKey)));
			return Object.fromEntries(rows.map(({ id, key }) => [id, pictureVersion(key!)]));
		},

		/**
		 * A person's picture for somebody who was given its address. Whoever is signed out sees those of mentors who let
		 * themselves be booked, and no others. @throws Refusal `not-found`
		 */
		async openPicture(
			viewer: { id: string } | null,
			userId: string,
			version: string
		): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
			const { users, bookingPages } = tables;
			const rows = await db
				.select({ key: users.pictureKey, open: bookingPages.open })
				.from(users)
				.leftJoin(bookingPages, eq(bookingPages.mentorId, users.id))
				.where(and(eq(users.id, userId), isNull(users.deletedAt)));
			const found = rows[0];
			if (!found?.key || pictureVersion(found.key) !== version) throw new Refusal('not-found');
			if (!viewer && !found.open) throw new Refusal('not-found');
			const bytes = new Uint8Array(await new Response(await files.get(found.key)).arrayBuffer());
			const picture = readPicture(bytes.subarray(0, PICTURE_HEAD_BYTES));
			if (!picture) throw new Refusal('not-found');
			return { type: picture.type, bytes };
		}
	};
}

async function* asStream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

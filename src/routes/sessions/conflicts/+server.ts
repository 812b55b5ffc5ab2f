import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { LEARNERS_MAX, LESSON_MINUTES_MAX } from '$lib/shared/formSchemas.ts';
import { EMAIL_MAX_CHARACTERS } from '$lib/shared/limits.ts';
import { WEEKS_MAX } from '$lib/shared/planning.ts';
import { Refusal } from '$lib/shared/refusals.ts';
import { refusalAnswer, signedOutAnswer } from '../../session/[roomCode]/refusalAnswer.ts';
import type { RequestHandler } from './$types';

const query = z.object({
	startsAt: z.number().int().nonnegative().max(8.64e15),
	minutes: z.number().int().positive().max(LESSON_MINUTES_MAX),
	weeks: z.number().int().min(1).max(WEEKS_MAX),
	learnerEmails: z.array(z.string().toLowerCase().max(EMAIL_MAX_CHARACTERS)).max(LEARNERS_MAX),
	except: z.object({ roomCode: z.string().max(64), scope: z.enum(['this', 'following']) }).nullable()
});

/** What is in the way of a time (`ConflictQuery` → `TimeCheck`). Changes nothing; JSON, so that no other site can ask. */
export const POST: RequestHandler = async ({ locals, request }) => {
	if (!locals.user) return signedOutAnswer();
	const asked = query.safeParse(await request.json().catch(() => null));
	if (!asked.success) return refusalAnswer(new Refusal('bad-input'));
	try {
		const [found, zones] = await Promise.all([
			locals.app.planning.conflicts(locals.user, asked.data),
			locals.app.learnerZones.of(locals.user, asked.data.learnerEmails)
		]);
		return json({ ...found, zones }, { headers: { 'cache-control': 'private, no-store' } });
	} catch (reason) {
		return refusalAnswer(reason);
	}
};

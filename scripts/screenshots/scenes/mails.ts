import type { Page } from '@playwright/test';
import { planningForms } from '../../../tests/support/planningForms.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Post {
	studio: Studio;
	reader: Page;
	/** A window that shows a mail as a mail program does. */
	program: Page;
}

/** Mails: where they are kept without SMTP, and how they look where they arrive. */
export const MAILS = area<Post>({
	name: 'mails',
	title: 'Mails',
	async open(studio) {
		const forms = planningForms(studio.world);
		const [maya, liam] = [await studio.sample('maya'), await studio.sample('liam')];
		await forms.post('/forgot', { email: liam.email }, null);
		await forms.plan(maya, 0, {
			...{ title: 'Integrals: area under a curve', learnerEmails: liam.email },
			...{ date: '2026-11-10', time: '17:00', weeks: '3' },
			description: 'We begin with the area of a rectangle.\nPlease bring squared paper.'
		});
		const moved = await forms.plan(maya, 0, {
			...{ title: 'Limits, once more', learnerEmails: liam.email, date: '2026-11-12', time: '16:00' }
		});
		await forms.post(
			`/sessions/${moved.roomCode}?/reschedule`,
			{ date: '2026-11-13', time: '10:30', minutes: '60', scope: 'this', at: '' },
			maya
		);
		return { studio, reader: await studio.open(maya), program: await studio.open(null) };
	},
	scenes: [
		{
			name: 'outbox',
			words: 'All mails of a server that sends none',
			async show({ reader }) {
				await reader.goto('/outbox');
				return reader;
			}
		},
		{
			name: 'outbox-mail',
			words: 'One of them',
			async show({ reader }) {
				await reader
					.getByRole('link', { name: /Integrals/ })
					.first()
					.click();
				await reader.getByTitle('The mail as it looks').waitFor();
				return reader;
			}
		},
		mail('invitation', 'An invitation, in a mail program'),
		mail('lesson-moved', 'A session was moved, in a mail program'),
		mail('reset-password', 'A new password, in a mail program')
	]
});

function mail(kind: string, words: string) {
	return {
		name: `mail-${kind}`,
		words,
		whole: true,
		async show({ studio, program }: Post) {
			const mails = await planningForms(studio.world).mailsTo('liam@peerlearn.test');
			await program.setContent(mails.findLast((one) => one.kind === kind)!.html);
			return program;
		}
	};
}

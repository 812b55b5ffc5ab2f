import { error } from '@sveltejs/kit';
import { requireOutbox } from '../../outboxGuard.ts';
import type { RequestHandler } from './$types';

/**
 * Mails carry their styles with them. So a mail has an address of its own, with a policy that allows these and nothing else:
 * no scripts, no requests, no cookies, and no frame but ours; whatever the policy of the page around it says of styles.
 */
const POLICY = [
	"default-src 'none'",
	"style-src 'unsafe-inline'",
	"frame-ancestors 'self'",
	'sandbox allow-popups allow-popups-to-escape-sandbox'
].join('; ');

export const GET: RequestHandler = async ({ locals, params }) => {
	requireOutbox(locals);
	const mail = await locals.app.mails.byId(params.mailId);
	if (!mail?.html) error(404, 'There is nothing at this address.');
	// Links leave the frame; a mail opens them in a window of their own, as mail programs do.
	return new Response(mail.html.replace('<head>', '<head>\n<base target="_blank">'), {
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			'Content-Security-Policy': POLICY,
			'X-Frame-Options': 'SAMEORIGIN',
			'Cache-Control': 'no-store'
		}
	});
};

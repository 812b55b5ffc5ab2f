import { createTransport } from 'nodemailer';
import { Hopeless } from '../jobs/jobsService.ts';
import type { MailPost } from './mailPost.ts';

/** How long the mail server may take to be reached, to greet, and to answer a command, ms. */
const CONNECT_MS = 10_000;
const GREET_MS = 10_000;
const ANSWER_MS = 20_000;
/** Sent at the same time: mails of one lesson are few, and servers limit connections. */
const CONNECTIONS = 3;

/** Mails over SMTP. `url` has been checked (config.ts); `hostName` is how this server calls itself. */
export function createSmtpPost(url: string, hostName: string): MailPost {
	const { protocol, hostname, port, username, password } = new URL(url);
	const host = hostname.replace(/^\[|\]$/g, '');
	const secure = protocol === 'smtps:';
	const transport = createTransport({
		pool: true,
		maxConnections: CONNECTIONS,
		host,
		port: port === '' ? (secure ? 465 : 587) : Number(port),
		secure,
		// A password travels encrypted or not at all; on this machine nobody else listens.
		requireTLS: !secure && password !== '' && !isLoopback(host),
		auth:
			username === ''
				? undefined
				: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
		name: hostName,
		connectionTimeout: CONNECT_MS,
		greetingTimeout: GREET_MS,
		socketTimeout: ANSWER_MS,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return {
		async send(message) {
			try {
				await transport.sendMail(message);
			} catch (error) {
				throw explained(error);
			}
		},
		close: () => transport.close()
	};
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

interface SmtpTrouble {
	code?: string;
	command?: string;
	responseCode?: number;
	response?: string;
	message: string;
}

/** What went wrong, in words for whoever runs the server and without anybody's address. */
export function explained(error: unknown): Error {
	const { code = '', command = '', responseCode, response, message } = error as SmtpTrouble;
	const said = withoutAddresses(response ?? message);
	if (code === 'EAUTH' || code === 'ENOAUTH')
		return new Error(`The mail server does not accept the user and password of SMTP_URL: ${said}`);
	if (code === 'ETLS' || /certificate|self.signed|tls|ssl/i.test(message))
		return new Error(`No encrypted connection to the mail server of SMTP_URL: ${said}`);
	if (command === 'MAIL FROM')
		return new Error(`The mail server does not accept the sender in MAIL_FROM: ${said}`);
	if (responseCode !== undefined && responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command))
		return new Hopeless(`The mail server refused this mail for good: ${said}`);
	if (responseCode !== undefined) return new Error(`The mail server put this mail off: ${said}`);
	return new Error(`The mail server of SMTP_URL cannot be reached: ${said}`);
}

/** Servers repeat the address they refuse; a list of work holds no names. */
function withoutAddresses(text: string): string {
	return text.replace(/[^\s<>"'(]+@[^\s<>"')]+/g, '…');
}

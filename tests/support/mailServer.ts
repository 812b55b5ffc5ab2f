import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail extends ParsedMail {
	/** Of the envelope. */
	to_: string[];
	raw: string;
}

/** A real SMTP server on this machine that keeps what it is given. */
export interface MailServer {
	/** For SMTP_URL. */
	url: string;
	port: number;
	/** What it took, in order. */
	mails: ReceivedMail[];
	/** The `Message-ID` of everything it was offered whole, whether it took it or not. */
	offered: string[];
	/** Refuses as long as it answers with an error: asked at each recipient, and at the end of each mail. */
	refuse: { recipient: Refuse; data: Refuse };
	close(): Promise<void>;
}
type Refuse = (what: string) => SmtpRefusal | null;

/** An answer such as `451 try again later`. */
export class SmtpRefusal extends Error {
	readonly responseCode: number;
	constructor(responseCode: number, message: string) {
		super(message);
		this.responseCode = responseCode;
	}
}

export async function startMailServer(
	options: SMTPServerOptions & { port?: number } = {}
): Promise<MailServer> {
	const { port = 0, ...rest } = options;
	const mails: ReceivedMail[] = [];
	const offered: string[] = [];
	const refuse: MailServer['refuse'] = { recipient: () => null, data: () => null };
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		disableReverseLookup: true,
		onRcptTo: ({ address }, _session, done) => done(refuse.recipient(address)),
		onData(stream, { envelope }, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				const raw = Buffer.concat(parts).toString('utf8');
				void simpleParser(Buffer.concat(parts)).then((mail) => {
					offered.push(mail.messageId ?? '');
					const refusal = refuse.data(mail.messageId ?? '');
					if (!refusal) mails.push({ ...mail, raw, to_: envelope.rcptTo.map(({ address }) => address) });
					done(refusal);
				}, done);
			});
		},
		...rest
	});
	// A client that goes in the middle of it is none of the tests' business.
	server.on('error', () => undefined);
	await new Promise<void>((resolve, reject) => {
		server.server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const own = (server.server.address() as AddressInfo).port;
	return {
		...{ port: own, url: `smtp://127.0.0.1:${own}`, mails, offered, refuse },
		close: () => new Promise((resolve) => server.close(() => resolve()))
	};
}

/** An iCalendar text as its events, read by a library that did not write it. */
export function readCalendar(text: string): { method: string; events: ICAL.Event[] } {
	const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
	return {
		method: String(calendar.getFirstPropertyValue('method')),
		events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
	};
}

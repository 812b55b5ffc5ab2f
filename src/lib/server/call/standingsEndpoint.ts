import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { STANDINGS_PATH } from '../../../../peer-server/askApp.ts';
import type { PeerTicket } from '../../../../peer-server/ticket.ts';
import type { PeerStandings } from './peerStandings.ts';

/** Bytes of one question: far more than it has. */
const QUESTION_MAX = 256 * 1024;
const question = z.strictObject({ tickets: z.array(z.string().max(2_048)).max(500) });

/**
 * Where a PeerServer that is a process of its own asks what tickets are worth. Tickets prove themselves: nobody else can make one,
 * and whoever holds one hears of it what they could find out by using it.
 */
export function createStandingsEndpoint(deps: {
	/** False where the PeerServer is ours: then there is nothing at this address. */
	isOpen: boolean;
	/** The ticket, whatever its age: connections outlive theirs. Null when it is forged. */
	readTicket(token: string): PeerTicket | null;
	standingsOf: PeerStandings;
	onError(error: unknown): void;
}) {
	const { isOpen, readTicket, standingsOf, onError } = deps;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const text = await readText(request);
		if (text === null) return void response.writeHead(413, { connection: 'close' }).end();
		const read = question.safeParse(parse(text));
		if (!read.success) return void response.writeHead(400).end();
		const tickets = read.data.tickets.map(readTicket);
		const good = tickets.filter((ticket) => ticket !== null);
		const standings = (await standingsOf(good)).values();
		const answers = tickets.map((ticket) => (ticket ? standings.next().value : 'over'));
		response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
		response.end(JSON.stringify({ standings: answers }));
	}

	return {
		/** Takes over such a question; false, and nothing done, for any other request. */
		handle(request: IncomingMessage, response: ServerResponse): boolean {
			if (!isOpen || request.method !== 'POST' || request.url !== STANDINGS_PATH) return false;
			answer(request, response).catch((error: unknown) => {
				if (!request.destroyed) onError(error);
				if (response.headersSent) response.destroy();
				else response.writeHead(500).end();
			});
			return true;
		}
	};
}

/** Null when it is too long. */
async function readText(request: IncomingMessage): Promise<string | null> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > QUESTION_MAX) return null;
		parts.push(part);
	}
	return Buffer.concat(parts).toString();
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

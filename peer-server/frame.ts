import { z } from 'zod';

/**
 * What a browser may say to the PeerServer. PeerJS sends these and no others; a fixed shape means that nothing
 * deep, large or unforeseen reaches the other person. Source and order are set by the server.
 */
const connectionId = z.string().min(1).max(128);
const flat = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);
const target = { dst: z.string().min(1).max(128) };
// Data connections are refused: everything that is not media goes over the app's own socket.
const media = { type: z.literal('media'), connectionId };

const frame = z.discriminatedUnion('type', [
	z.object({ type: z.literal('HEARTBEAT') }),
	z.object({
		type: z.literal('OFFER'),
		...target,
		payload: z.object({
			...media,
			sdp: z.object({ type: z.literal('offer'), sdp: z.string() }),
			metadata: z.record(z.string().max(64), flat).optional()
		})
	}),
	z.object({
		type: z.literal('ANSWER'),
		...target,
		payload: z.object({ ...media, sdp: z.object({ type: z.literal('answer'), sdp: z.string() }) })
	}),
	z.object({
		type: z.literal('CANDIDATE'),
		...target,
		payload: z.object({
			...media,
			candidate: z.object({
				candidate: z.string().max(4_096),
				sdpMid: z.string().max(256).nullish(),
				sdpMLineIndex: z.number().int().min(0).nullish(),
				usernameFragment: z.string().max(256).nullish()
			})
		})
	})
]);

export type PeerFrame = z.infer<typeof frame>;

/** The frame, or null when it is anything that PeerJS would not send. Never throws. */
export function readFrame(text: string): PeerFrame | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	const read = frame.safeParse(value);
	return read.success ? read.data : null;
}

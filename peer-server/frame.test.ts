import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFrame } from './frame.ts';

test('[S4] whatever is sent, reading it neither throws nor lets anything unknown through', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.json(),
				fc.jsonValue().map((v) => JSON.stringify(v))
			),
			(text) => {
				expect(readFrame(text)).toBeNull();
			}
		)
	);
});

test('[S4] deep nesting is refused, not followed', () => {
	const deep = '['.repeat(30_000) + ']'.repeat(30_000);
	expect(readFrame(deep)).toBeNull();
	const payload = `{"type":"media","connectionId":"c","sdp":{"type":"offer","sdp":"v=0"},"metadata":{"x":${deep}}}`;
	expect(readFrame(`{"type":"OFFER","dst":"b","payload":${payload}}`)).toBeNull();
});

test('[S4] only known fields travel on', () => {
	const sent = {
		type: 'CANDIDATE',
		src: 'somebody-else',
		dst: 'b',
		payload: {
			type: 'media',
			connectionId: 'c',
			candidate: { candidate: 'x', sdpMid: '0', extra: 1 },
			more: []
		}
	};
	expect(readFrame(JSON.stringify(sent))).toEqual({
		type: 'CANDIDATE',
		dst: 'b',
		payload: { type: 'media', connectionId: 'c', candidate: { candidate: 'x', sdpMid: '0' } }
	});
});

test.each(['LEAVE', 'EXPIRE', 'OPEN', 'ERROR', 'ID-TAKEN'])('[S4] a browser cannot say %s', (type) => {
	expect(readFrame(JSON.stringify({ type, dst: 'b', payload: {} }))).toBeNull();
});

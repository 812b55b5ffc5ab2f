import { expect, test } from 'vitest';
import { troubleOf } from './sendUpload.ts';

test('[F3] what passes is tried again by itself, what was refused says why', () => {
	for (const status of [0, 401, 408, 429, 500, 502, 503, 507]) {
		const { mayPass, message } = troubleOf(status, '', 'PATCH');
		expect([status, mayPass]).toEqual([status, true]);
		expect(message).toMatch(/goes on by itself/);
	}
	const body = '{"reason":"too-large","message":"A file may have at most 25 MB."}';
	expect(troubleOf(413, body, 'POST')).toMatchObject({
		mayPass: false,
		message: 'A file may have at most 25 MB.'
	});
	for (const status of [400, 403, 404, 409]) expect(troubleOf(status, '', 'POST').mayPass).toBe(false);
});

test('[K7] a server without room is waited for, and said so', () => {
	expect(troubleOf(507, '', 'PATCH').message).toMatch(/no room on the server/);
});

test('[F3] an upload that the server knows otherwise is begun again', () => {
	for (const status of [404, 409, 410])
		for (const method of ['HEAD', 'PATCH']) expect(troubleOf(status, '', method).mayPass).toBe(true);
});

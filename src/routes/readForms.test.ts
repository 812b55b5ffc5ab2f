import { isHttpError } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { readForms } from './readForms.ts';

async function sent(body: BodyInit, type?: string): Promise<unknown> {
	const headers = type ? { 'content-type': type } : undefined;
	const request = new Request('http://site.test', { method: 'POST', body, headers });
	readForms(request);
	return request.formData().then(
		(form) => Object.fromEntries(form),
		(thrown: unknown) => (isHttpError(thrown) ? thrown.status : thrown)
	);
}

test('[B3] a form is read as it was sent, and what is none is the sender’s mistake', async () => {
	expect(await sent(new URLSearchParams({ name: 'Maya', __superform_id: 'x' }))).toEqual({
		name: 'Maya',
		__superform_id: 'x'
	});
	for (const type of [
		'multipart/form-data',
		'multipart/form-data; boundary=x',
		'application/json',
		'text/plain'
	])
		expect(await sent('--y nothing', type)).toBe(400);
});

test('[B3] a form as one value is not looked at: of some the reader of superforms dies', async () => {
	const whole = {
		__superform_json: '[{"a":0}]',
		__superform_file_a: 'x',
		__superform_files_b: 'y',
		name: 'Maya'
	};
	expect(await sent(new URLSearchParams(whole))).toEqual({ name: 'Maya' });
});

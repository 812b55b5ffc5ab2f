import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Mistake, readFlags, readNumber, requireFreePort } from './commandLine.ts';

const known = { port: '3000', data: 'DIR' };
const range = { fallback: 60, least: 0.05, most: 1_440 };

test('[O1] flags are read, missing ones stay undefined', () => {
	expect(readFlags(['--port', '4000'], known)).toEqual({ port: '4000' });
	expect(readFlags(['--data=x y'], known)).toEqual({ data: 'x y' });
	expect(readFlags([], known)).toEqual({});
});

test('[O3] a value may begin with a dash, as ids do now and then; another flag is none', () => {
	expect(readFlags(['--data', '-x7', '--port', '1'], known)).toEqual({ data: '-x7', port: '1' });
	expect(readFlags(['--data', '--x7'], known)).toEqual({ data: '--x7' });
	expect(() => readFlags(['--data', '--port', '1'], known)).toThrow('--data needs a value');
});

test.each([
	[['--prot', '1'], '--prot is not known here. Known flags: --port 3000, --data DIR.'],
	[['--port'], '--port needs a value. Known flags: --port 3000, --data DIR.'],
	[['4000'], '4000 is not known here. Known flags: --port 3000, --data DIR.'],
	[['-p', '1'], '-p is not known here. Known flags: --port 3000, --data DIR.']
])('[O1] %j is answered with one sentence', (args, sentence) => {
	expect(() => readFlags(args, known)).toThrow(new Mistake(sentence));
});

test('[O1] whatever is typed, the answer is flags or a sentence', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('--port', '--data', '--', '-'))), (args) => {
			let answer: unknown;
			try {
				answer = readFlags(args, known);
			} catch (error) {
				answer = error;
				expect(error).toBeInstanceOf(Mistake);
			}
			expect(answer).toBeDefined();
		})
	);
});

test('[O1] numbers may have fractions', () => {
	expect(readNumber('minutes', '0.2', range)).toBe(0.2);
	expect(readNumber('minutes', '.5', range)).toBe(0.5);
	expect(readNumber('minutes', undefined, range)).toBe(60);
});

test.each(['', 'x', '1,5', '1e3', '0x10', ' 5', '0', '-1', '1441', 'Infinity', 'NaN'])(
	'[O1] “%s” minutes are refused with the range',
	(text) => {
		expect(() => readNumber('minutes', text, range)).toThrow(
			new Mistake(`--minutes must be a number from 0.05 to 1440 (it is “${text}”).`)
		);
	}
);

test('[O1] a port in use is noticed before the work', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	await expect(requireFreePort(port, '127.0.0.1', 'Choose another.')).rejects.toEqual(
		new Mistake(`Port ${port} is already in use. Choose another.`)
	);
	other.close();
	await once(other, 'close');
	await expect(requireFreePort(port, '127.0.0.1', '')).resolves.toBeUndefined();
});

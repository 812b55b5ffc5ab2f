import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each([
	['throw', 'setTimeout(() => { throw error; })'],
	['rejection', 'void Promise.reject(error)']
])(
	'[S7] an error that nothing catches (%s) ends the process and says where, without what was in it',
	(_, how) => {
		const program = `
		const { sayLastWords } = await import('./scripts/lastWords.ts');
		sayLastWords();
		const error = Object.assign(new Error('Failed query: insert into users\\nparams: pl4nted'), { params: ['pl4nted'] });
		${how};
		setTimeout(() => {}, 60_000);`;
		const { status, stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
			encoding: 'utf8'
		});
		expect(status).toBe(1);
		expect(JSON.parse(stderr)).toMatchObject({
			level: 60,
			err: { message: 'Failed query: insert into users' }
		});
		expect(stderr + stdout).not.toContain('pl4nted');
	}
);

import { expect, test } from 'vitest';
import type { LineReport } from '../shared/lineReport.ts';
import { qualitiesOf, type CallSigns, type OwnSigns } from './qualitySides.ts';
import { qualityWords } from './qualityWords.ts';
import { FLAWLESS, type Mark } from './qualityVerdict.ts';

const own: OwnSigns = { offline: false, cutOff: false, server: FLAWLESS };
const poor = (reason: NonNullable<Mark['reason']>): Mark => ({ level: 2, reason });
const report: LineReport = {
	...{ sending: 'excellent', receiving: 'excellent', server: 'excellent', reason: null, pausedFor: [] }
};

function call(
	userId: string,
	marks: Partial<CallSigns['marks']> = {},
	theirs: Partial<LineReport> = {}
): CallSigns {
	return {
		userId,
		marks: { sending: FLAWLESS, receiving: FLAWLESS, delay: FLAWLESS, ...marks },
		theirs: { ...report, ...theirs },
		silent: false
	};
}

test('[M3] all is well', () => {
	const { mine, theirs } = qualitiesOf([call('liam')], own);
	expect(mine).toEqual({ level: 'excellent' });
	expect(theirs.get('liam')).toEqual({ level: 'excellent' });
});

test('[M3] between two: a bad way out is one’s own upload, and only that is shown', () => {
	const found = qualitiesOf([call('liam', { sending: poor('bandwidth'), delay: poor('delay') })], own);
	expect(found.mine).toEqual({ level: 'poor', reason: 'bandwidth', side: 'mine' });
	expect(found.theirs.get('liam')).toEqual({ level: 'good' });
	expect(found.report).toMatchObject({ sending: 'poor', receiving: 'excellent', reason: 'bandwidth' });
});

test('[M3] … and on the other page it is theirs, by what they say although nothing is lost', () => {
	const told = { sending: 'poor', reason: 'bandwidth' } as const;
	for (const marks of [{}, { receiving: poor('jitter') }, { delay: poor('delay') }]) {
		const { mine, theirs } = qualitiesOf([call('liam', marks, told)], own);
		expect(theirs.get('liam')).toEqual({ level: 'poor', reason: 'bandwidth', side: 'theirs' });
		expect(mine?.level).not.toBe('poor');
	}
	const { theirs } = qualitiesOf([call('liam', { receiving: poor('loss') })], own);
	expect(theirs.get('liam')).toEqual({ level: 'poor', reason: 'loss', side: 'theirs' });
});

test('[M3] both ways bad is the path, unless just one of the two reaches the server badly', () => {
	const both = { sending: poor('loss'), receiving: poor('loss') };
	expect(qualitiesOf([call('liam', both)], own).theirs.get('liam')).toMatchObject({ side: 'path' });
	const here = qualitiesOf([call('liam', both)], { ...own, server: poor('delay') });
	expect(here.mine).toEqual({ level: 'poor', reason: 'loss', side: 'mine' });
	const there = qualitiesOf([call('liam', both, { server: 'poor' })], own);
	expect(there.theirs.get('liam')).toEqual({ level: 'poor', reason: 'loss', side: 'theirs' });
});

test('[M3] in a group the others tell: bad with everybody is mine, bad with one is theirs or the path', () => {
	const bad = { sending: poor('loss') };
	const all = qualitiesOf([call('liam', bad), call('aisha', bad)], own);
	expect(all.mine).toEqual({ level: 'poor', reason: 'loss', side: 'mine' });
	expect([...all.theirs.values()].map(({ level }) => level)).toEqual(['good', 'good']);
	const one = qualitiesOf([call('liam', bad), call('aisha')], own);
	expect(one.mine?.level).toBe('excellent');
	expect(one.theirs.get('liam')).toEqual({ level: 'poor', reason: 'loss', side: 'path' });
	expect(one.report.sending).toBe('excellent');
	const weak = call('liam', { receiving: poor('loss') }, { sending: 'poor', reason: 'bandwidth' });
	const told = qualitiesOf([weak, call('aisha')], own).theirs.get('liam');
	expect(told).toEqual({ level: 'poor', reason: 'bandwidth', side: 'theirs' });
});

test('[M3] the server, the computer and no network at all', () => {
	const calls = [call('liam')];
	const mine = (signs: Partial<OwnSigns>, marks = {}) =>
		qualitiesOf([call('liam', marks)], { ...own, ...signs }).mine;
	expect(mine({ cutOff: true })).toEqual({ level: 'poor', reason: 'silent', side: 'server' });
	expect(mine({ server: poor('delay') })).toEqual({ level: 'poor', reason: 'delay', side: 'server' });
	expect(mine({ offline: true })).toEqual({ level: 'lost', reason: 'silent', side: 'mine' });
	const busy = { sending: poor('computer'), receiving: poor('picture') };
	expect(mine({}, busy)).toEqual({ level: 'poor', reason: 'computer', side: 'mine' });
	expect(qualitiesOf([{ ...calls[0]!, silent: true }], own).theirs.get('liam')?.level).toBe('lost');
	expect(qualitiesOf([{ ...calls[0]!, marks: null }], own)).toMatchObject({ mine: null, theirs: new Map() });
});

test('[M3] in words', () => {
	expect(qualityWords({ level: 'good' }, 'Liam')).toBeNull();
	expect(qualityWords({ level: 'poor', reason: 'bandwidth', side: 'mine' }, 'Liam')).toBe(
		'Your upload is weak'
	);
	expect(qualityWords({ level: 'poor', reason: 'loss', side: 'theirs' }, 'Liam')).toBe(
		'Liam’s connection loses packets'
	);
	expect(qualityWords({ level: 'poor', reason: 'delay', side: 'path' }, 'Liam')).toBe(
		'The path between you is slow'
	);
	expect(qualityWords({ level: 'poor', reason: 'delay', side: 'server' }, 'Liam')).toBe(
		'The server answers slowly'
	);
});

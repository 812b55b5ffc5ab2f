import type { Quality } from './qualitySides.ts';
import type { QualityReason } from '../shared/lineReport.ts';
import { word } from '../shared/counted.ts';

const LEVELS: Record<Quality['level'], string> = {
	excellent: word('excellent'),
	good: word('good'),
	poor: word('poor'),
	lost: word('lost')
};

/** What the indicator says to those who do not see it (spec M3). */
export function levelWords({ level }: Quality): string {
	return `Connection quality: ${LEVELS[level]}`;
}

/** What is wrong and whose side it is, in one line; null while nothing is. `name`: the other person's. */
export function qualityWords(quality: Quality, name: string): string | null {
	if (!('reason' in quality)) return null;
	const { reason, side } = quality;
	switch (side) {
		case 'mine':
			return MINE[reason];
		case 'theirs':
			return THEIRS[reason](name);
		case 'server':
			return reason === 'silent' ? 'The server can’t be reached' : 'The server answers slowly';
		case 'path':
			return PATH[reason];
	}
}

const MINE: Record<QualityReason, string> = {
	bandwidth: 'Your upload is weak',
	loss: 'Your connection loses packets',
	delay: 'Your connection is slow',
	jitter: 'Your connection is uneven',
	picture: 'Your connection is uneven',
	computer: 'Your computer is too busy',
	silent: 'You’re offline'
};
const THEIRS: Record<QualityReason, (name: string) => string> = {
	bandwidth: (name) => `${name}’s upload is weak`,
	loss: (name) => `${name}’s connection loses packets`,
	delay: (name) => `${name}’s connection is slow`,
	jitter: (name) => `${name}’s connection is uneven`,
	picture: (name) => `${name}’s picture stutters`,
	computer: (name) => `${name}’s computer is too busy`,
	silent: (name) => `${name}’s connection is interrupted`
};
const PATH: Record<QualityReason, string> = {
	bandwidth: 'The path between you is narrow',
	loss: 'The path between you loses packets',
	delay: 'The path between you is slow',
	jitter: 'The path between you is uneven',
	picture: 'The picture stutters',
	computer: 'The picture stutters',
	silent: 'Nothing comes through between you'
};

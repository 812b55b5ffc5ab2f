import type { DeviceFailure, DeviceTrouble } from '../../../../lib/shared/deviceTrouble.ts';
import { formatTimeRange } from '../../../../lib/shared/time.ts';
import type { TimeThere } from '../../../../lib/shared/timeThere.ts';
import { counted } from '../../../../lib/shared/counted.ts';
import { LOCALE } from '../../../../lib/shared/language.ts';

/** Further comings and goings are counted only. */
const SHOWN_MAX = 4;

/** When somebody was there, a line each: “10:02 – 10:31, without camera or microphone: the permission was denied”. */
export function timesInWords(times: readonly TimeThere[], timeZone: string): string[] {
	const lines = times.slice(0, SHOWN_MAX).map(({ from, to, deviceTrouble }) => {
		const when = formatTimeRange(from, to, timeZone);
		return deviceTrouble ? `${when}, ${troubleInWords(deviceTrouble)}` : when;
	});
	const more = times.length - lines.length;
	return more > 0 ? [...lines, counted(more, { one: 'and 1 more time', other: 'and # more times' })] : lines;
}

export function secondsThere(times: readonly TimeThere[]): number {
	return times.reduce((sum, { from, to }) => sum + (to - from) / 1_000, 0);
}

function troubleInWords({ camera, microphone }: DeviceTrouble): string {
	if (camera && camera === microphone) return `without camera or microphone: ${CAUSE[camera]}`;
	const parts = [
		...(camera ? [`without camera (${CAUSE[camera]})`] : []),
		...(microphone ? [`without microphone (${CAUSE[microphone]})`] : [])
	];
	return new Intl.ListFormat(LOCALE).format(parts);
}

/** Said of one device or of both. */
const CAUSE: Record<DeviceFailure, string> = {
	denied: 'the permission was denied',
	blocked: 'the system did not allow it',
	missing: 'none was found',
	busy: 'in use by another program',
	unfit: 'none fitted',
	insecure: 'the address was not secure',
	interrupted: 'broke off at the start',
	unanswered: 'the browser never answered',
	gone: 'unplugged or switched off',
	revoked: 'the permission was taken back',
	paused: 'held back by the system',
	failed: 'did not start'
};

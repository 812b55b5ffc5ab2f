import type { DeviceKind } from '../../../lib/room/devices.ts';
import type { DevicesView, DeviceView } from '../../../lib/room/roomView.ts';
import { DEVICE_WORDS, deviceHelp, deviceState } from './deviceWords.ts';
import { COMMA, word } from '../../../lib/shared/counted.ts';

export const DEVICE_PROMPT_TITLE = 'Camera/mic unavailable';

/** What a button of the prompt does. `audio`: on with the microphone alone, tried once more. */
export type DeviceAction = 'retry' | DeviceKind | 'audio' | 'continue';

/** The prompt about what has failed: in plain words, with the ways on. The first action is the main one. */
export interface DevicePrompt {
	/** For the ear: short, and in other words than what stands on the page. */
	spoken: string;
	help: string[];
	actions: { name: string; action: DeviceAction }[];
}

/** The most frequent trouble, said once for both. */
const BOTH_REFUSED = word(
	'Your browser does not let this page use the camera and the microphone. Open the site settings beside the address, allow both, and try again.'
);

const AUDIO_ONLY = 'Continue with audio only';

const KINDS = ['camera', 'microphone'] as const;

/** Null while there is nothing to say, while the browser is being asked, and once the person goes on without. */
export function devicePrompt(devices: Pick<DevicesView, DeviceKind>): DevicePrompt | null {
	if (KINDS.some((kind) => devices[kind].name === 'asking')) return null;
	const hurt = KINDS.flatMap((kind) => {
		const device = devices[kind];
		return device.name === 'failed' && !device.accepted ? [{ kind, device }] : [];
	});
	if (hurt.length === 0) return null;
	const ready = hurt.filter(({ device }) => device.available);
	const actions: DevicePrompt['actions'] = ready.map(({ kind, device }) => ({
		name:
			device.failure === 'gone' || device.failure === 'revoked'
				? `Use ${DEVICE_WORDS[kind]} again`
				: `Use ${DEVICE_WORDS[kind]}`,
		action: kind
	}));
	// Trying again helps against everything but a page without https.
	if (ready.length === 0 && hurt.some(({ device }) => device.failure !== 'insecure'))
		actions.push({ name: 'Try again', action: 'retry' });
	// Whoever is asked for both together may refuse because of the camera.
	if (ready.length === 0 && actions.length > 0 && hurt.length === KINDS.length)
		actions.push({ name: AUDIO_ONLY, action: 'audio' });
	actions.push({ name: withoutWords(devices), action: 'continue' });
	const refused = hurt.filter(({ device }) => device.failure === 'denied' && !device.available);
	const help =
		refused.length === KINDS.length
			? [BOTH_REFUSED]
			: hurt.map(({ kind, device }) =>
					device.available ? `A ${DEVICE_WORDS[kind]} is ready to be used.` : deviceHelp(kind, device.failure)
				);
	const troubles = hurt.map(
		({ kind, device }) => `${DEVICE_WORDS[kind]}: ${deviceState(device).toLowerCase()}`
	);
	return {
		spoken: `Trouble with your ${troubles.join(COMMA)}. Help is on this page.`,
		help: [...new Set(help)],
		actions
	};
}

function withoutWords({ camera, microphone }: Pick<DevicesView, DeviceKind>): string {
	if (microphone.name !== 'failed') return AUDIO_ONLY;
	return isUsed(camera) ? 'Continue without a microphone' : 'Continue without devices';
}

function isUsed(device: DeviceView): boolean {
	return device.name === 'on' || device.name === 'muted';
}

/** Why a camera or microphone could not be had or was lost. */
export const DEVICE_FAILURES = [
	/** By the person, at the browser's question or in its settings. */
	'denied',
	/** The browser itself may not use it. */
	'blocked',
	'missing',
	'busy',
	/** None has what is asked for. */
	'unfit',
	'insecure',
	/** It broke off while it started. */
	'interrupted',
	/** Neither device nor refusal for long; a late answer still counts. */
	'unanswered',
	/** Unplugged or switched off while it was used. */
	'gone',
	/** The permission was taken back while it was used. */
	'revoked',
	/** Still held, but the system gives nothing; goes on by itself when it does. */
	'paused',
	'failed'
] as const;
export type DeviceFailure = (typeof DEVICE_FAILURES)[number];

/** What is wrong with a person's devices; a device without trouble is missing here. */
export interface DeviceTrouble {
	camera?: DeviceFailure;
	microphone?: DeviceFailure;
}

/** Null stands for no trouble at all. */
export function sameTrouble(a: DeviceTrouble | null, b: DeviceTrouble | null): boolean {
	return a?.camera === b?.camera && a?.microphone === b?.microphone;
}

import { safetyPhrase } from '$lib/room/privacy/safetyPhrase.ts';

/** The safety phrase of each call that is looked at: made once for each pair of certificates. */
export function createSafetyPhrases(): (fingerprints: readonly (string | null)[]) => string | null {
	let known = $state.raw<Readonly<Record<string, string | null>>>({});
	return (fingerprints) => {
		const key = fingerprints.join(' ');
		if (key in known) return known[key] ?? null;
		safetyPhrase(fingerprints).then(
			(phrase) => {
				if (phrase !== null) known = { ...known, [key]: phrase };
			},
			() => undefined
		);
		return null;
	};
}

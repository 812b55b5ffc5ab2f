import type { Devices, Stop } from '../ports.ts';
import type { LevelDeps, Levels } from './createLevels.ts';

/** Levels that are fetched beside the call, which works without them: until then nobody is said to speak. */
export interface LateLevels extends Levels {
	/** Rejects when they cannot be fetched now; then it may be called again. */
	load(): Promise<void>;
}

export function createLateLevels(
	deps: Omit<LevelDeps, 'measure'> & { devices: Pick<Devices, 'meter'> }
): LateLevels {
	let levels: Levels | null = null;
	let stopped = false;
	return {
		async load() {
			const [{ createLevels }, measure] = await Promise.all([
				import('./createLevels.ts'),
				deps.devices.meter()
			]);
			if (levels || stopped) return;
			levels = createLevels({ ...deps, measure });
			levels.update();
		},
		isSpeaking: (userId) => levels?.isSpeaking(userId) ?? false,
		speaksMuted: () => levels?.speaksMuted() ?? false,
		update: () => levels?.update(),
		watch(listener): Stop {
			return levels?.watch(listener) ?? (() => undefined);
		},
		stop() {
			stopped = true;
			levels?.stop();
		}
	};
}

import { resolve } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';
import { boardFonts, boardLibrary } from './scripts/boardAssets.ts';
import { callsOnly } from './scripts/callsOnly.ts';
import { classyAnnouncer } from './scripts/classyAnnouncer.ts';
import { devSockets } from './scripts/devSockets.ts';
import { drawnIcons } from './scripts/drawnIcons.ts';
import { readableErrorPage } from './scripts/inertMarkup.ts';
import { pageChunks } from './scripts/pageChunks.ts';
import { plainChecks } from './scripts/plainChecks.ts';
import { svelteByName } from './scripts/svelteByName.ts';
import { wordsAside, wordsIn } from './scripts/words/wordsPlugin.ts';
import { isLanguage } from './src/lib/shared/language.ts';

/** One build a language (scripts/buildApp.ts); English unless told otherwise. */
const asked = process.env.PEERLEARN_LANGUAGE;
const language = isLanguage(asked) ? asked : 'en';

const isSoak = process.env.PEERLEARN_SOAK === '1';
/** Faults that prove no figure: they may run beside each other. */
const UNMEASURED = [
	...['diskFull', 'endKilled', 'formFuzz', 'inbox', 'mail', 'planningKilled', 'procedureFuzz', 'restore'],
	...['turnPeers', 'twoServers', 'uploads']
].map((name) => `tests/faults/${name}.test.ts`);
const FAULTS = {
	environment: 'node' as const,
	globalSetup: ['tests/support/built.ts'],
	testTimeout: isSoak ? 1_800_000 : 240_000,
	hookTimeout: 120_000
};

export default defineConfig({
	// The board's fonts are the same in every language: one copy of them serves all.
	plugins: [
		wordsIn(language),
		wordsAside(),
		classyAnnouncer(),
		tailwindcss(),
		sveltekit(),
		devSockets(),
		pageChunks(),
		drawnIcons(),
		callsOnly(),
		svelteByName(),
		readableErrorPage(),
		plainChecks(),
		boardLibrary(),
		language === 'en' && boardFonts()
	],
	define: { __LANGUAGE__: JSON.stringify(language) },
	// As found it is hundreds of small files: bundled, a start in the middle of a lesson takes half a second less.
	ssr: { noExternal: ['drizzle-orm'] },
	resolve: {
		alias: {
			'webrtc-adapter': resolve('src/lib/room/adapters/plainWebrtc.ts'),
			'peerjs-js-binarypack': resolve('src/lib/room/adapters/noBinaryPack.ts'),
			'@excalidraw/mermaid-to-excalidraw': resolve('src/lib/room/adapters/noMermaid.ts')
		}
	},
	// In development Vite bundles packages before it runs any plugin of ours on them.
	optimizeDeps: { rolldownOptions: { plugins: [boardLibrary(), plainChecks()] } },
	test: {
		// Guards against hanging, no measurements.
		expect: { requireAssertions: true, poll: { timeout: 30_000 } },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'peer-server/**/*.test.ts', 'scripts/**/*.test.ts'],
					// Each file leaves everything as it found it: to read all sources anew for each takes three times as long.
					isolate: false,
					// A guard against hanging, not a measurement: property tests take long on a busy machine.
					testTimeout: 120_000
				}
			},
			{
				extends: true,
				test: {
					name: 'api',
					environment: 'node',
					include: ['tests/api/**/*.test.ts'],
					isolate: false,
					globalSetup: ['tests/support/built.ts'],
					// As above: nothing is waited out, each test is over as soon as what it awaits is there.
					testTimeout: 120_000,
					hookTimeout: 120_000
				}
			},
			{
				extends: true,
				test: {
					...FAULTS,
					name: 'faults',
					include: UNMEASURED,
					// In the soak they note how long things took as well.
					fileParallelism: !isSoak
				}
			},
			{
				extends: true,
				test: {
					...FAULTS,
					name: 'faults-alone',
					include: ['tests/faults/**/*.test.ts'],
					exclude: UNMEASURED,
					// One after the other: they measure, and each breaks a server of its own.
					fileParallelism: false
				}
			}
		]
	}
});

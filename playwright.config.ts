import { defineConfig } from '@playwright/test';

/** Filled by scripts/test.ts with a browser that starts; empty or missing means Playwright's own. */
const executablePath = process.env.PEERLEARN_CHROMIUM || undefined;

export default defineConfig({
	testDir: 'tests',
	testMatch: ['e2e/**/*.spec.ts', 'faults/**/*.spec.ts'],
	globalSetup: './tests/support/built.ts',
	outputDir: 'test-results',
	// The tests that measure or break something say `@alone` and run one at a time, because side by side they would starve
	// each other; two of all the others share two cores well. `scripts/testSteps.ts` runs both kinds, one after the other.
	workers: 1,
	forbidOnly: true,
	// Guards against hanging, no measurements: a busy machine takes its time, and what a rule bounds is measured in its test.
	timeout: 240_000,
	expect: { timeout: 30_000 },
	use: {
		...(executablePath ? {} : { channel: 'chromium' }),
		locale: 'en-GB',
		screenshot: 'only-on-failure',
		// To record one costs as much as the tests themselves: `npx playwright test --trace on <file>` where it is needed.
		trace: 'off',
		launchOptions: {
			executablePath,
			args: [
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				// A moving picture and a beep instead of real devices; permission prompts answer themselves.
				'--use-fake-device-for-media-stream',
				'--use-fake-ui-for-media-stream'
			]
		}
	}
});

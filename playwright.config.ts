import { defineConfig } from '@playwright/test';

/** Filled by scripts/test.ts with a browser that starts; empty or missing means Playwright's own. */
const executablePath = process.env.PEERLEARN_CHROMIUM || undefined;

export default defineConfig({
	testDir: 'tests',
	testMatch: ['e2e/**/*.spec.ts', 'faults/**/*.spec.ts'],
	globalSetup: './tests/support/built.ts',
	outputDir: 'test-results',
	// Each test runs two or three real browsers that encode video: side by side they would starve each other.
	workers: 1,
	forbidOnly: true,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	use: {
		...(executablePath ? {} : { channel: 'chromium' }),
		locale: 'en-GB',
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
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

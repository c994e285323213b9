import { defineConfig } from '@playwright/test';

/** Debian's Chromium where that is the one; an empty value stands for Playwright's own. */
const executablePath = process.env.CHROMIUM;

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/flows',
  globalSetup: './support/seed.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.FLOWS_REPORT ?? '../test-results/flows.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    // A trace films every page, and takes half the machine from the sound that is tested: it is asked for with --trace on.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Without a graphics card Debian's Chromium paints through an emulated one, which takes more than a core by itself.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // A microphone that beeps once a second, for whoever may use one.
        '--use-fake-device-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
});

import { defineConfig } from '@playwright/test';
import flows from '../../playwright.config';

/** The consoles need a browser, but none of our servers. */
export default defineConfig({
  ...flows,
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../../test-results/peers',
  reporter: [['line']],
  globalSetup: [],
});

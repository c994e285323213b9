import { defineConfig } from '@playwright/test';
import flows from '../playwright.config';

/** The benchmarks that need a browser: the same browser as the flows', other files. */
export default defineConfig(flows, {
  testDir: '.',
  outputDir: '../../test-results/bench',
  testMatch: '**/*.bench.ts',
  testIgnore: ['desk.bench.ts', 'fuzz.bench.ts', 'song.bench.ts', 'peers/**'],
  globalSetup: '../support/seed.ts',
  reporter: [['line']],
});

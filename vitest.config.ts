import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['lib/**/*.test.ts', 'server/**/*.test.{ts,mjs}', 'app/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['./lib/desk/compile.mjs', './server/cluster/test-services.setup.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});

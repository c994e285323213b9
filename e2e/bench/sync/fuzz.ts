import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Figure } from '../figure';

/** Seeds, operations of each, and people. */
const [SEEDS, STEPS, PEOPLE] = [Number(process.env['SEEDS'] ?? 200), 2000, 8];

/** The fuzz of real lines that stands among the tests, much longer: cuts, restarts and roles that change; equal documents, equal history. */
export async function fuzz(): Promise<Figure[]> {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const env = { ...process.env, FUZZ: `${SEEDS}x${STEPS}x${PEOPLE}`, SEED: String(seed), NODE_ENV: 'test' as const };
  const words = [vitest, 'run', 'server/sync/real-lines-fuzz.test.ts', '--reporter=json'];
  const { stdout } = spawnSync(process.execPath, words, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const { numPassedTests, numTotalTests } = JSON.parse(stdout.slice(stdout.indexOf('{"num'))) as Record<string, number>;
  console.log(`  fuzz of real lines: seeds ${seed} to ${seed + SEEDS - 1}`);
  const passed = numPassedTests ?? 0;
  const name = `sync, fuzz of ${STEPS} operations of ${PEOPLE} people: seeds that end in equal mixes and histories`;
  return [{ name, value: passed, unit: `of ${SEEDS}`, goal: SEEDS, holds: passed === SEEDS && numTotalTests === SEEDS }];
}

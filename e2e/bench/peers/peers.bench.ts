import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { servePage } from '../../support/isolated-page';
import type { Figure } from '../figure';
import type { ConsoleName } from './page';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const RUNS = 3;
/** Strips, and the seconds that each console renders of them: the slow one fewer. */
const STRIPS = [16, 32, 64] as const;
const SECONDS: Readonly<Record<ConsoleName, number>> = { desk: 4, native: 4, tone: 2 };
const NAMES = Object.keys(SECONDS) as ConsoleName[];

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test('the desk against the same console of Tone’s classes and of native nodes', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const server = await servePage(join(ROOT, 'e2e/bench/peers/page.ts'), (path) => {
    const file = /^\/built\/(desk\.wasm|desk-worklet\.js)$/.exec(path)?.[1];
    return file ? readFileSync(join(ROOT, 'public/built', file)) : null;
  });
  await page.goto(server.url);
  await page.waitForFunction(() => 'consoles' in window);
  const figures: Figure[] = [];
  for (const strips of STRIPS) {
    const speeds: Record<ConsoleName, number[]> = { desk: [], native: [], tone: [] };
    // Interleaved, so that whatever else the machine does strikes all alike.
    for (let run = 0; run < RUNS; run++) {
      for (const name of NAMES) {
        const seconds = SECONDS[name];
        const { milliseconds, level } = await page.evaluate(([which, count, length]) => window.consoles[which](count, length), [
          name,
          strips,
          seconds,
        ] as const);
        expect(level, `${name} renders sound`).toBeGreaterThan(1e-4);
        speeds[name].push((seconds * 1000) / milliseconds);
      }
    }
    const desk = median(speeds.desk);
    for (const [peer, goal] of [
      ['tone', 20],
      ['native', 5],
    ] as const) {
      const ratio = desk / median(speeds[peer]);
      figures.push({
        name: `${strips} full strips, desk against ${peer}`,
        value: desk,
        unit: '× real time',
        peer: median(speeds[peer]),
        ratio,
        goal,
        holds: ratio >= goal,
      });
    }
  }
  server.close();
  for (const { name, value, peer, ratio } of figures)
    console.log(`${name}: ${value.toFixed(2)} × real time, peer ${peer?.toFixed(2)}, ${ratio?.toFixed(1)} times`);
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, JSON.stringify(figures));
});

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import type { Figure } from '../figure';
import type { ConsoleName } from './page';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const RUNS = 3;
/** Strips, and the seconds that each console renders of them: the slow one fewer. */
const STRIPS = [16, 32, 64] as const;
const SECONDS: Readonly<Record<ConsoleName, number>> = { desk: 4, native: 4, tone: 2 };
const NAMES = Object.keys(SECONDS) as ConsoleName[];

/** Serves the three consoles to a page that may share memory. */
async function serve(): Promise<{ url: string; close(): void }> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'e2e/bench/peers/page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer(({ url = '/' }, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    if (url === '/') return response.setHeader('Content-Type', 'text/html').end('<script type="module" src="/page.js"></script>');
    const file = /^\/built\/(desk\.wasm|desk-worklet\.js)$/.exec(url)?.[1];
    response.setHeader('Content-Type', url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
    return response.end(file ? readFileSync(join(ROOT, 'public/built', file)) : url === '/page.js' ? script : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test('the desk against the same console of Tone’s classes and of native nodes', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const server = await serve();
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

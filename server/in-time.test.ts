import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Chance } from '../lib/desk/chance';
import { loadDeskModule } from '../lib/desk/node';
import { listen, type Machine, VirtualPage, VirtualService } from './virtual-pages.fixture';

/** `SEED` repeats a run. */
const SEED = Number(process.env['SEED'] ?? 20_261_130);
const SECONDS = 600;

let pages: VirtualPage[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(0);
});
afterEach(() => {
  for (const page of pages) page.close();
  vi.useRealTimers();
});

/** Up to 60 ms more each way, one side worse. */
const FAR: Machine = { out: 8, back: 8, outJitter: 60, backJitter: 20 };
const NEAR: Machine = { out: 1, back: 1, outJitter: 5, backJitter: 5 };

async function open(machines: readonly Machine[], seed: number) {
  const module = await loadDeskModule();
  const chance = new Chance(seed);
  const service = new VirtualService();
  pages = machines.map((machine) => new VirtualPage(module, service, machine, chance));
  for (const page of pages) page.click();
  return { service, chance };
}

/** By how much the pages that are heard are apart at one look, ms; 0 where less than two are. */
function apart(look: readonly (number | null)[]): number {
  const heard = look.filter((behind) => behind !== null);
  return heard.length < 2 ? 0 : Math.max(...heard) - Math.min(...heard);
}

it.each([
  ['two', [NEAR, FAR]],
  ['four', [NEAR, FAR, { ...FAR, outJitter: 20, backJitter: 60 }, { ...NEAR, clockDrift: 40e-6 }]],
] as const)('%s pages begin within 5 ms of each other at the output, whatever the network does', async (_, machines) => {
  let worst = 0;
  for (let run = 0; run < 4; run++) {
    await open(machines, SEED + run);
    vi.advanceTimersByTime(4000);
    for (const start of [0, 1, 2]) {
      pages[start % pages.length]?.transport.seek(0);
      pages[start % pages.length]?.transport.play();
      const looks = listen(pages, 2000, 50);
      expect(looks.at(-1), `seed ${SEED + run}`).not.toContain(null);
      worst = Math.max(worst, ...looks.map(apart));
      pages[0]?.transport.stop();
      vi.advanceTimersByTime(500);
    }
    for (const page of pages.splice(0)) page.close();
  }
  console.log(`${machines.length} pages, seed ${SEED}: at most ${worst.toFixed(2)} ms apart at 12 starts`);
  expect(worst, `seed ${SEED}`).toBeLessThan(5);
});

it('with a clock or a sound device 100 millionths fast pages stay within 10 ms, and never jump', { timeout: 300_000 }, async () => {
  await open([NEAR, { ...FAR, clockDrift: 100e-6, deviceDrift: 100e-6 }, { ...FAR, deviceDrift: 100e-6 }], SEED);
  vi.advanceTimersByTime(2000);
  pages[0]?.transport.play();
  const looks = listen(pages, SECONDS * 1000);
  const worst = Math.max(...looks.map(apart));
  console.log(`100 millionths fast for ${SECONDS} s, seed ${SEED}: at most ${worst.toFixed(2)} ms apart`);
  expect(looks.at(-1)).not.toContain(null);
  expect(worst, `seed ${SEED}`).toBeLessThan(10);
  expect(pages.map((page) => page.player.corrections.get())).toEqual([0, 0, 0]);
});

it('who comes late is in time within a second of clicking', async () => {
  for (let run = 0; run < 10; run++) {
    const { service, chance } = await open([NEAR], SEED + run);
    vi.advanceTimersByTime(2000);
    pages[0]?.transport.play();
    vi.advanceTimersByTime(5000);
    const late = new VirtualPage(await loadDeskModule(), service, FAR, chance);
    pages.push(late);
    vi.advanceTimersByTime(1500);
    late.click();
    vi.advanceTimersByTime(1000);
    const looks = listen(pages, 2000);
    expect(looks[0]).not.toContain(null);
    expect(Math.max(...looks.map(apart)), `seed ${SEED + run}`).toBeLessThan(10);
    for (const page of pages.splice(0)) page.close();
  }
});

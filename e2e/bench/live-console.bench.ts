import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { arrive, inSession, joinBy, ownServer } from '../support/people';
import { browserLoad, percentBetween } from './browser-load';
import type { Figure } from './figure';
import { changesToFullMix } from './full-mix';
import { longStem } from './long-stem';
import { pageMemory, watchSharedMemory } from './page-memory';

const STEMS = Number(process.env['LIVE_STEMS'] ?? 64);
/** Length of each stem, looped; and for how long the console plays while it is watched (600 for the whole ten minutes). */
const STEM_SECONDS = Number(process.env['LIVE_STEM_SECONDS'] ?? 30);
const SECONDS = Number(process.env['LIVE_SECONDS'] ?? 30);
const EFFECTS = 4;

/** Made before the server starts: making them keeps this process too busy to notice that a connection was closed. */
let files: readonly Buffer[] = [];
test.beforeAll(() => {
  test.setTimeout(10 * 60_000);
  files = Array.from({ length: STEMS }, (_, number) => readFileSync(longStem(number, STEM_SECONDS)));
});
const server = ownServer();

/** Milliseconds from a press of the play button to the moment at which the song is heard to move. */
async function pressToSound(page: Page): Promise<number> {
  await page.evaluate(() => {
    const table = window.mixingTable;
    if (!table) throw new Error('The session is not open.');
    const before = table.transport.position();
    const heard = new Promise<number>((resolve) => {
      document.addEventListener(
        'click',
        () => {
          const pressed = performance.now();
          const look = setInterval(() => {
            if (table.transport.position() <= before + 0.001 || table.engine.player.waiting.get()) return;
            clearInterval(look);
            resolve(performance.now() - pressed);
          }, 2);
        },
        { capture: true, once: true },
      );
    });
    Object.assign(window, { heard });
  });
  await page.getByRole('button', { name: 'Play' }).first().click();
  return page.evaluate(() => (window as unknown as { heard: Promise<number> }).heard);
}

/** Milliseconds from a seek while playing until the song sounds there. */
async function seekToSound(page: Page, to: number): Promise<number> {
  return page.evaluate(async (position) => {
    const table = window.mixingTable;
    if (!table) throw new Error('The session is not open.');
    const pressed = performance.now();
    table.transport.seek(position);
    for (;;) {
      await new Promise((later) => setTimeout(later, 2));
      const at = table.transport.position();
      if (at >= position && at < position + 2 && !table.engine.player.waiting.get()) return performance.now() - pressed;
      if (performance.now() - pressed > 10_000) return performance.now() - pressed;
    }
  }, to);
}

test(`${STEMS} full strips, ${EFFECTS} reverbs, ${EFFECTS} delays and the master, live`, async ({ browser }) => {
  test.setTimeout(30 * 60_000);
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.createSession('A large console');
  for (const [number, file] of files.entries()) await owner.uploadStem(id, `Stem ${number + 1}.flac`, file);
  const stems = await owner.settled(id);
  expect(stems.filter(({ status }) => status !== 'ready')).toEqual([]);

  const listener = await arrive(browser, 'Live listener');
  const { page } = listener;
  await watchSharedMemory(listener.context);
  await joinBy(listener, (await owner.invite(id, 'mixer')).url);
  await inSession(listener);
  const cold = await pressToSound(page);
  await page.evaluate(() => window.mixingTable?.transport.stop());

  const changes = changesToFullMix(
    stems.map((stem) => stem.id),
    EFFECTS,
  );
  const refused = await page.evaluate((all) => {
    const done = window.mixingTable?.desk.apply(all);
    return done?.ok ? null : (done?.error ?? 'no session');
  }, changes);
  expect(refused).toBeNull();
  await page.evaluate((until) => window.mixingTable?.transport.setLoop({ from: 0, until }), STEM_SECONDS);
  await page.evaluate(() => window.mixingTable?.transport.seek(0));
  await page.waitForFunction(() => window.mixingTable?.engine.player.ready.get() && window.mixingTable.saved.get().state === 'saved');
  const warm = await pressToSound(page);
  const seek = await seekToSound(page, STEM_SECONDS / 2);

  await page.waitForFunction((until) => performance.now() >= until, (await page.evaluate(() => performance.now())) + 5000, {
    polling: 500,
  });
  const underrunsBefore = await page.evaluate(() => window.mixingTable?.engine.underruns.get() ?? 0);
  const before = await browserLoad(browser);
  const begun = performance.now();
  await page.waitForFunction((until) => performance.now() >= until, (await page.evaluate(() => performance.now())) + SECONDS * 1000, {
    polling: 1000,
    timeout: 2 * SECONDS * 1000 + 60_000,
  });
  const after = await browserLoad(browser);
  const load = percentBetween(before, after, (performance.now() - begun) / 1000);
  const memory = await pageMemory(page);
  const underruns = (await page.evaluate(() => window.mixingTable?.engine.underruns.get() ?? -1)) - underrunsBefore;
  expect(await page.evaluate(() => window.mixingTable?.transport.playing.get())).toBe(true);

  const named = (name: string) => `live: ${name}, ${STEMS} full strips, ${EFFECTS} reverbs, ${EFFECTS} delays`;
  const figures: Figure[] = [
    { name: named(`page and desk over ${SECONDS} s`), value: load.page, unit: '% of a core', goal: 25, holds: load.page <= 25 },
    { name: named(`underruns over ${SECONDS} s`), value: underruns, unit: '', goal: 0, holds: underruns === 0 },
    { name: named('memory'), value: memory / 1e6, unit: 'MB', goal: 600, holds: memory <= 600e6 },
    { name: named('click to sound, cold'), value: cold, unit: 'ms', goal: 1000, holds: cold <= 1000 },
    { name: named('click to sound, at a resting playhead'), value: warm, unit: 'ms', goal: 100, holds: warm <= 100 },
    { name: named('seek to sound'), value: seek, unit: 'ms', goal: 300, holds: seek <= 300 },
  ];
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, JSON.stringify(figures));
  for (const { name, value, unit } of figures) console.log(`${name}: ${value.toFixed(1)} ${unit}`);
  console.log(`whole browser ${load.whole.toFixed(1)} % of a core, the page's process ${load.page.toFixed(1)} %; of these:`);
  for (const [work, share] of load.parts) console.log(`  ${share.toFixed(1).padStart(5)} % ${work}`);
});

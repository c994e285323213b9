import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { arrive, inSession, joinBy, ownServer } from '../support/people';
import type { Figure } from './figure';
import { longStem } from './long-stem';
import { pageMemory, watchSharedMemory } from './page-memory';

const STEMS = 16;
const MINUTES = 5;

/** Made before the server starts: making them keeps this process too busy to notice that a connection was closed. */
let files: readonly Buffer[] = [];
test.beforeAll(() => {
  test.setTimeout(5 * 60_000);
  files = Array.from({ length: STEMS }, (_, number) => readFileSync(longStem(number, MINUTES * 60)));
});
const server = ownServer();

test(`${STEMS} stems of ${MINUTES} minutes play to the end without an underrun`, async ({ browser }) => {
  test.setTimeout(25 * 60_000);
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.createSession('A long song');
  const began = Date.now();
  for (const [number, file] of files.entries()) await owner.uploadStem(id, `Stem ${number + 1}.flac`, file);
  const stems = await owner.settled(id);
  expect(stems.map(({ status }) => status)).toEqual(Array.from({ length: STEMS }, () => 'ready'));
  const ingested = (Date.now() - began) / 1000;

  const listener = await arrive(browser, 'Long listener');
  await watchSharedMemory(listener.context);
  await joinBy(listener, (await owner.invite(id, 'mixer')).url);
  await inSession(listener);
  const { page } = listener;
  const pressed = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: 'Play' }).first().click();
  await page.waitForFunction(() => (window.mixingTable?.transport.position() ?? 0) > 0.01);
  const cold = (await page.evaluate(() => performance.now())) - pressed;
  let memory = 0;
  for (;;) {
    await page.waitForFunction((until) => performance.now() >= until, (await page.evaluate(() => performance.now())) + 5000, {
      polling: 500,
    });
    memory = Math.max(memory, await pageMemory(page));
    const now = await page.evaluate(() => ({
      position: window.mixingTable?.transport.position() ?? 0,
      playing: window.mixingTable?.transport.playing.get(),
    }));
    if (now.position >= MINUTES * 60 - 6 || !now.playing) break;
  }
  await page.waitForFunction((end) => (window.mixingTable?.transport.position() ?? 0) >= end - 0.2, MINUTES * 60, { timeout: 20_000 });
  const underruns = await page.evaluate(() => window.mixingTable?.engine.underruns.get() ?? -1);
  const figures: Figure[] = [
    { name: 'page: underruns, 16 stems × 5 min', value: underruns, unit: '', goal: 0, holds: underruns === 0 },
    { name: 'page: memory, 16 stems × 5 min', value: memory / 1e6, unit: 'MB', goal: 300, holds: memory <= 300e6 },
    { name: 'page: click to sound, cold', value: cold, unit: 'ms', goal: 1000, holds: cold <= 1000 },
    { name: 'ingest: 16 stems × 5 min', value: ingested, unit: 's', goal: 240, holds: ingested <= 240 },
  ];
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, JSON.stringify(figures));
  console.log(figures);
  expect(underruns).toBe(0);
});

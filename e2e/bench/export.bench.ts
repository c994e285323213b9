import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { arrive, inSession, joinBy, ownServer } from '../support/people';
import type { Figure } from './figure';
import { changesToFullMix } from './full-mix';
import { longStem } from './long-stem';

const STRIPS = 32;
const SECONDS = 60;
const GOAL = 8;

/** Made before the server starts: making them keeps this process too busy to notice that a connection was closed. */
let files: readonly Buffer[] = [];
test.beforeAll(() => {
  test.setTimeout(5 * 60_000);
  files = Array.from({ length: STRIPS }, (_, number) => readFileSync(longStem(number, SECONDS)));
});
const server = ownServer();

test(`${STRIPS} full strips to WAV, as the page exports them`, async ({ browser }) => {
  test.setTimeout(10 * 60_000);
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.createSession('To be exported');
  for (const [number, file] of files.entries()) await owner.uploadStem(id, `Stem ${number + 1}.flac`, file);
  const stems = await owner.settled(id);
  expect(stems.filter(({ status }) => status !== 'ready')).toEqual([]);
  const mixer = await arrive(browser, 'Mixer');
  const { page } = mixer;
  await joinBy(mixer, (await owner.invite(id, 'mixer')).url);
  await inSession(mixer);
  const changes = changesToFullMix(
    stems.map((stem) => stem.id),
    1,
  );
  const refused = await page.evaluate((all) => {
    const done = window.mixingTable?.desk.apply(all);
    return done?.ok ? null : (done?.error ?? 'no session');
  }, changes);
  expect(refused).toBeNull();
  await page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');

  const seconds = await page.evaluate(async () => {
    const { engine } = window.mixingTable ?? {};
    if (!engine) throw new Error('The session is not open.');
    const begun = performance.now();
    await engine.mixdown({ format: { as: 'wav', bits: 24, dither: true }, tail: 0 }, () => {}, new AbortController().signal);
    return (performance.now() - begun) / 1000;
  });
  const speed = SECONDS / seconds;
  console.log(`export, ${STRIPS} full strips to WAV: ${speed.toFixed(2)} × real time`);
  const figures: Figure[] = [
    { name: `export: ${STRIPS} full strips to WAV`, value: speed, unit: '× real time', goal: GOAL, holds: speed >= GOAL },
  ];
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, JSON.stringify(figures));
});

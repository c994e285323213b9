import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { arrive, inSession, joinBy, ownServer } from '../support/people';
import type { Figure } from './figure';
import { longStem } from './long-stem';

const STEMS = 16;
const MINUTES = 5;
const WHAT = `${STEMS} stems × ${MINUTES} min`;

let files: readonly Buffer[] = [];
test.beforeAll(() => {
  test.setTimeout(5 * 60_000);
  files = Array.from({ length: STEMS }, (_, number) => readFileSync(longStem(number, MINUTES * 60)));
});
const server = ownServer();

/** Opens the check and waits; ms until the first findings were there, until all were, and the longest pause between two frames meanwhile. */
async function checked(page: Page) {
  return page.evaluate(async () => {
    const session = window.mixingTable;
    if (!session) throw new Error('no session is open');
    const began = performance.now();
    let [first, longest, last, frames] = [0, 0, began, 0];
    session.check.watch();
    for (;;) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      longest = Math.max(longest, now - last);
      last = now;
      frames += 1;
      const { findings, done, needed } = session.check.state.get();
      if (findings && !first) first = now - began;
      if (findings && needed > 0 && done === needed) return { first, all: now - began, longest, rate: (1000 * frames) / (now - began) };
    }
  });
}

/** ms from a moved fader until the findings are new. */
async function afterFader(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const session = window.mixingTable;
    const strip = [...(session?.desk.mix.get().strips.values() ?? [])].find(({ kind }) => kind === 'stem');
    if (!session || !strip) throw new Error('no session is open');
    const before = session.check.state.get().findings;
    const began = performance.now();
    session.desk.set([{ on: 'strip', id: strip.id, parameter: 'fader' }, -17]);
    while (session.check.state.get().findings === before) await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - began;
  });
}

test(`a check of ${WHAT} while they play`, async ({ browser }) => {
  test.setTimeout(25 * 60_000);
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.createSession('A long song');
  for (const [number, file] of files.entries()) await owner.uploadStem(id, `Stem ${number + 1}.flac`, file);
  await owner.settled(id);
  const listener = await arrive(browser, 'Listener');
  await joinBy(listener, (await owner.invite(id, 'mixer')).url);
  await inSession(listener);
  const { page } = listener;
  await page.getByRole('button', { name: 'Play' }).first().click();
  await page.waitForFunction(() => (window.mixingTable?.transport.position() ?? 0) > 1);
  const { first, all, longest, rate } = await checked(page);
  const fader = await afterFader(page);
  const underruns = await page.evaluate(() => window.mixingTable?.engine.underruns.get() ?? -1);
  const figures: Figure[] = [
    { name: `check: first findings, ${WHAT}`, value: first, unit: 'ms', goal: 3000, holds: first <= 3000 },
    { name: `check: all findings, ${WHAT}`, value: all, unit: 'ms', goal: 20_000, holds: all <= 20_000 },
    { name: 'check: new findings after a moved fader', value: fader, unit: 'ms', goal: 300, holds: fader <= 300 },
    { name: 'check: frames a second meanwhile', value: rate, unit: '/s', goal: 55, holds: rate >= 55 },
    { name: 'check: longest pause between frames', value: longest, unit: 'ms', goal: 50, holds: longest <= 50 },
    { name: 'check: underruns meanwhile', value: underruns, unit: '', goal: 0, holds: underruns === 0 },
  ];
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, JSON.stringify(figures));
  console.log(figures);
  expect(underruns).toBe(0);
});

import { expect, type Page, test } from '@playwright/test';
import type { TourState } from '../../lib/client';
import { stripId } from '../support/console';
import { arrive, openDemo, ownServer, type Someone } from '../support/people';
import { usable } from '../support/usable';

const server = ownServer();
let ana: Someone;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  await openDemo(ana, server());
});

const tour = (page: Page): Promise<TourState> => page.evaluate(() => window.mixingTable?.tour.state.get() ?? { at: 'off' });
const card = (page: Page) => page.getByTestId('tour');
const MEASURED = { timeout: 150_000 };

async function steps(page: Page): Promise<string[]> {
  const state = await tour(page);
  return state.at === 'on' ? state.steps.map(({ kind, done }) => `${kind}${done ? ' done' : ''}`) : [];
}

/** Nothing is being measured any more, and all that is wrong is known. */
const measured = (page: Page) =>
  page.waitForFunction(
    () => {
      const state = window.mixingTable?.tour.state.get();
      return state?.at === 'on' && !state.measuring && window.mixingTable?.check.state.get().master !== null;
    },
    undefined,
    MEASURED,
  );

test('the demo song offers lessons; by keys alone one is begun, heard, shown and its way told', async () => {
  const { page } = ana;
  await card(page).getByRole('button', { name: 'Learn step by step' }).press('Enter');
  await expect(card(page).getByRole('heading', { name: 'Two microphones that work against each other' })).toBeVisible(MEASURED);
  await measured(page);
  expect(await steps(page)).toContain('mud');
  expect((await steps(page)).filter((step) => step.endsWith('done'))).toEqual([]);
  await page.screenshot({ path: 'test-results/visual/lesson.png' });
  await usable(page);
  await card(page).getByRole('button', { name: 'What can I do?' }).press('Enter');
  await expect(card(page).getByText('Press Ø on one of the two')).toBeVisible();
  await card(page).getByRole('button', { name: 'Listen' }).press('Enter');
  await page.waitForFunction(() => window.mixingTable?.transport.playing.get());
  await page.getByTestId('play').press('Enter');
});

test('not doing it does not complete it: neither time, nor looking through all steps, nor another change', async () => {
  const { page } = ana;
  const snare = await stripId(page, 'Snare Bottom');
  const before = await steps(page);
  // It is looked at anew, and nothing of it is mended by that.
  await page.evaluate(
    (id) =>
      new Promise<void>((settled) => {
        const { check, desk } = window.mixingTable ?? {};
        let moving = false;
        check?.state.subscribe(() => {
          if (!check.state.get().settled) moving = true;
          else if (moving) settled();
        });
        desk?.set([{ on: 'strip', id, parameter: 'fader' }, -1]);
      }),
    snare,
  );
  for (let place = 1; place < before.length; place++) await card(page).getByRole('button', { name: 'Next step' }).press('Enter');
  await measured(page);
  expect(await steps(page)).toEqual(before);
});

test('each step is done by doing what it asks, is heard before and after, and comes back when it is undone', async () => {
  test.setTimeout(400_000);
  const { page } = ana;
  await card(page).getByRole('button', { name: '1: Two microphones that work against each other' }).press('Enter');
  await card(page)
    .getByRole('button', { name: /Snare Bottom/ })
    .press('Enter');
  await page.getByRole('button', { name: 'Snare Bottom Polarity' }).first().press('Enter');
  await expect(card(page).getByText('Done: the measured sound has none of it any more.')).toBeVisible(MEASURED);
  const snare = await stripId(page, 'Snare Bottom');
  const polarity = () => page.evaluate((id) => window.mixingTable?.desk.mix.get().strips.get(id)?.values['polarity'] ?? 0, snare);
  await card(page).getByRole('button', { name: 'Before', exact: true }).press('Enter');
  await expect.poll(polarity).toBe(0);
  await card(page).getByRole('button', { name: 'Now', exact: true }).press('Enter');
  await expect.poll(polarity).toBe(1);
  await page.evaluate(() => window.mixingTable?.desk.undo());
  await expect.poll(async () => (await steps(page))[0], MEASURED).toBe('polarity');
  await page.evaluate(() => window.mixingTable?.desk.redo());
  await expect.poll(async () => (await steps(page))[0], MEASURED).toBe('polarity done');

  // The other steps as their findings say, kind by kind, until the sound has none of them. How loud it leaves the house comes last, and
  // is measured when all has rested.
  for (let place = 1; (await steps(page))[place]?.startsWith('loudness') === false; place++) {
    await card(page)
      .getByRole('button', { name: new RegExp(`^${place + 1}: `) })
      .press('Enter');
    await expect(async () => {
      await page.evaluate((at) => {
        const { tour: lessons, check } = window.mixingTable ?? {};
        const state = lessons?.state.get();
        const step = state?.at === 'on' ? state.steps[at] : null;
        for (const finding of step?.findings ?? []) if (finding.fix) check?.mend(finding);
      }, place);
      await measured(page);
      expect((await steps(page))[place]).toMatch(/ done$/);
    }).toPass({ timeout: 120_000 });
  }
  expect((await steps(page)).filter((step) => !step.endsWith('done') && step !== 'loudness')).toEqual([]);
  await page.screenshot({ path: 'test-results/visual/lessons-done.png' });
});

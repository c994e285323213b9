import { expect, type Page, test } from '@playwright/test';
import { stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer } from '../support/people';

const server = ownServer();
const FADE = [
  { at: 8, travel: 0.6 },
  { at: 20, travel: 0.3 },
] as const;

type Sides = readonly [Float32Array, Float32Array];
interface Kept {
  readonly plain: Sides;
  readonly faded: Sides;
}

/** Where the strip is loudest within a second of each moment: the moment, what the fader did to it and what its lane says, in dB. */
const gains = (page: Page, key: string, moments: readonly number[]) =>
  page.evaluate(
    ([lane, around]) => {
      const { plain, faded } = window as unknown as Kept;
      const points = window.mixingTable?.desk.mix.get().automation.get(lane)?.points ?? [];
      const drawn = (at: number) => {
        const after = points.findIndex((point) => point.at > at);
        const [a, b] = [points[after < 0 ? points.length - 1 : Math.max(0, after - 1)], points[after < 0 ? points.length - 1 : after]];
        if (!a || !b) return Number.NaN;
        return b.at === a.at ? a.value : a.value + ((at - a.at) / (b.at - a.at)) * (b.value - a.value);
      };
      return around.map((moment) => {
        let loudest = Math.round((moment - 7) * 48_000);
        for (let n = loudest; n < (moment - 5) * 48_000; n++)
          if (Math.abs(plain[0][n] ?? 0) > Math.abs(plain[0][loudest] ?? 0)) loudest = n;
        const at = 6 + loudest / 48_000;
        return { at, heard: 20 * Math.log10((faded[0][loudest] ?? 0) / (plain[0][loudest] ?? 0)), drawn: drawn(at) };
      });
    },
    [key, moments] as const,
  );

/** Plays the song from 6 s to 22 s with only one strip heard, and captures it. */
async function play(page: Page, name: keyof Kept): Promise<void> {
  await page.evaluate(() => window.mixingTable?.transport.seek(6));
  const captured = page.evaluate(async (as) => {
    Object.assign(window, { [as]: await window.mixingTable?.engine.capture(6 * 48_000, 16 * 48_000) });
  }, name);
  await page.getByRole('button', { name: 'Play' }).first().click();
  await captured;
  await page
    .getByRole('button', { name: /Stop|Pause/ })
    .first()
    .click();
}

test('a fade drawn by hand is seen by the other, heard as drawn, and is in the mixdown to the bit', async ({ browser }) => {
  test.setTimeout(240_000);
  const [ana, ben] = [await arrive(browser, 'Ana'), await arrive(browser, 'Ben')];
  const { page } = ana;
  await openDemo(ana, server());
  await page.waitForFunction(() => window.mixingTable?.stems.list.get().every((stem) => stem.status === 'ready'));
  const kick = await stripId(page, 'Kick');
  const key = `strip/${kick}/fader`;
  await page.evaluate((id) => {
    const desk = window.mixingTable?.desk;
    for (const strip of desk?.mix.get().strips.values() ?? []) {
      if (strip.kind === 'stem' && strip.id !== id) desk?.set([{ on: 'strip', id: strip.id, parameter: 'mute' }, 1]);
    }
    desk?.set([{ on: 'strip', id: 'master', parameter: 'limiter.on' }, 0]);
    window.mixingTable?.select(id);
  }, kick);
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  // Who plays alone is not moved on where the sound device falls behind: each sample is heard, once.
  await page.evaluate(() => window.mixingTable?.transport.setTogether(false));
  await play(page, 'plain');

  await page.getByRole('combobox', { name: 'Open an automation lane' }).selectOption(key);
  const lane = page.locator(`[data-lane="${key}"] [role="listbox"]`);
  await lane.scrollIntoViewIfNeeded();
  const box = await lane.boundingBox();
  const length = await page.evaluate(() => window.mixingTable?.engine.length.get() ?? 1);
  if (!box) throw new Error('the lane is not on the page');
  for (const { at, travel } of FADE)
    await page.mouse.click(box.x + (at / length) * box.width, box.y + 7 + (1 - travel) * (box.height - 14));
  await expect(lane.locator('[data-point]')).toHaveCount(2);
  await expect.poll(() => ben.page.evaluate((id) => window.mixingTable?.desk.mix.get().automation.get(id)?.points.length, key)).toBe(2);
  await ben.page.evaluate((id) => window.mixingTable?.select(id), kick);
  await ben.page.getByRole('combobox', { name: 'Open an automation lane' }).selectOption(key);
  await expect(ben.page.locator(`[data-lane="${key}"] [data-point]`)).toHaveCount(2);

  await play(page, 'faded');
  for (const { at, heard, drawn } of await gains(page, key, [8, 10, 12, 14, 16, 18, 20, 21])) {
    console.log(`at ${at.toFixed(2)} s: ${heard.toFixed(3)} dB heard, ${drawn.toFixed(3)} dB drawn`);
    expect(Math.abs(heard - drawn)).toBeLessThan(0.05);
  }
  const difference = await page.evaluate(async () => {
    const session = window.mixingTable;
    if (!session) throw new Error('no session is open');
    const report = await session.engine.mixdown(
      { format: { as: 'wav', bits: 32 }, from: 6, until: 22, tail: 0 },
      () => {},
      new AbortController().signal,
    );
    const bytes = await report.file.arrayBuffer();
    const samples = new Float32Array(bytes.slice(bytes.byteLength - 16 * 48_000 * 8));
    const { faded: channels } = window as unknown as Kept;
    let greatest = 0;
    for (let n = 0; n < channels[0].length; n++) {
      for (const side of [0, 1] as const) greatest = Math.max(greatest, Math.abs((channels[side][n] ?? 0) - (samples[2 * n + side] ?? 0)));
    }
    return greatest;
  });
  expect(difference).toBe(0);
});

import { expect, type Page, test } from '@playwright/test';
import { madeBy, stemAs } from '../support/files';
import { arrive, inSession, inviteLink, joinBy, ownServer, type Someone } from '../support/people';
import { tap } from '../support/tapped';

const server = ownServer();

const choice = (page: Page, name: 'Mix' | 'Reference') =>
  page.getByRole('radiogroup', { name: 'You hear' }).getByText(name, { exact: true });

/** A session of one stem. */
async function newSession({ page, name }: Someone): Promise<void> {
  await page.goto(server().url);
  await page.getByRole('button', { name: 'New session' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /your name/i }).fill(name);
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: /title|called/i }).fill('Beside a finished song');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/s/*');
  await page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  const chosen = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /add stems|choose files/i })
    .first()
    .click();
  await (await chosen).setFiles([stemAs('06_Bass.flac', 'Low.wav', ['-c:a', 'pcm_s16le'], 60)]);
  await page.waitForFunction(() => window.mixingTable?.stems.list.get()[0]?.status === 'ready');
}

async function openReferences({ page }: Someone): Promise<void> {
  await page.getByRole('tab', { name: 'Check' }).click();
  await page.getByRole('tab', { name: 'References' }).click();
}

/** Share of the power that goes to the device which lies around `hertz`, of some looks at it. */
function shareAround(page: Page, hertz: number): Promise<number> {
  return page.evaluate((middle) => {
    const analyser = window.tapped?.output;
    if (!analyser) return 0;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const width = analyser.context.sampleRate / analyser.fftSize;
    const power = (from: number, until: number) => bins.slice(from, until).reduce((sum, level) => sum + 10 ** (level / 10), 0);
    const at = Math.round(middle / width);
    return power(at - 6, at + 7) / power(0, bins.length);
  }, hertz);
}

test('a reference sent by one is heard by both, each for themselves, as loud as the mix, and never part of it', async ({ browser }) => {
  test.setTimeout(240_000);
  const ana = await arrive(browser, 'Ana');
  const ben = await arrive(browser, 'Ben');
  for (const { context } of [ana, ben]) await tap(context);
  await newSession(ana);
  await joinBy(ben, await inviteLink(ana, 'Listener'));
  await inSession(ben);
  for (const one of [ana, ben]) await openReferences(one);
  await expect(ben.page.getByRole('button', { name: 'Add a reference' })).toHaveCount(0);

  // A loud finished song that nobody mistakes for the mix: a tone, as loud as masters are.
  const song = madeBy('Finished.flac', [
    '-f',
    'lavfi',
    '-i',
    'sine=frequency=3000:duration=60',
    '-af',
    'volume=12dB,aformat=channel_layouts=stereo',
  ]);
  const chosen = ana.page.waitForEvent('filechooser');
  await ana.page.getByRole('button', { name: 'Add a reference' }).click();
  await (await chosen).setFiles([song]);
  for (const { page } of [ana, ben]) {
    await expect(page.getByRole('button', { name: /Finished .*LUFS/ })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/Equally loud/)).toBeVisible({ timeout: 120_000 });
  }
  // No strip came of it.
  expect(
    await ana.page.evaluate(() => [...(window.mixingTable?.desk.mix.get().strips.values() ?? [])].some(({ name }) => name === 'Finished')),
  ).toBe(false);

  await ana.page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => shareAround(ana.page, 3000)).toBeLessThan(0.5);
  await choice(ana.page, 'Reference').click();
  await expect.poll(() => shareAround(ana.page, 3000)).toBeGreaterThan(0.99);
  // Ben hears the mix until he chooses otherwise, by the key this time.
  expect(await shareAround(ben.page, 3000)).toBeLessThan(0.9);
  await ana.page.screenshot({ path: 'test-results/visual/references.png' });
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await ana.page.screenshot({ path: 'test-results/visual/references-phone.png' });
  await ana.page.setViewportSize({ width: 1440, height: 900 });
  await ben.page.keyboard.press('r');
  await expect(ben.page.getByText(/You hear Finished in place of the mix/)).toBeVisible();
  await ben.page.evaluate(() => window.mixingTable?.engine.start());
  await expect.poll(() => shareAround(ben.page, 3000)).toBeGreaterThan(0.99);

  // As heard: the tone has the loudness that the mix has, which its figures tell.
  const { mix, heard } = await ana.page.evaluate(() => {
    const match = window.mixingTable?.references.match.get();
    const analyser = window.tapped?.output;
    if (match?.state !== 'matched' || !analyser) throw new Error('not matched');
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    // The analyser hears the mean of both sides, which are the same.
    const power = 2 * (samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
    return { mix: match.mix + match.mixGain, heard: 10 * Math.log10(power) - 0.691 };
  });
  // K-weighting lifts 3 kHz by 3.81 dB (BS.1770-5, annex 1).
  console.log(`mix ${mix.toFixed(2)} LUFS, reference as heard ${(heard + 3.81).toFixed(2)} LUFS`);
  expect(Math.abs(heard + 3.81 - mix)).toBeLessThan(0.2);

  await ana.page.getByRole('button', { name: 'Back to the mix' }).click();
  await expect.poll(() => shareAround(ana.page, 3000)).toBeLessThan(0.5);
  expect(await shareAround(ben.page, 3000)).toBeGreaterThan(0.9);
});

import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { slider, type as typeInto } from '../support/console';
import { measuredByFfmpeg } from '../support/files';
import { arrive, openDemo, ownServer } from '../support/people';

const server = ownServer();

test('the mixdown is what was heard, and its loudness is the page’s and an independent meter’s', async ({ browser }, info) => {
  test.setTimeout(240_000);
  const ana = await arrive(browser, 'Ana');
  const { page } = ana;
  await openDemo(ana, server());
  await page.waitForFunction(() => window.mixingTable?.stems.list.get().every((stem) => stem.status === 'ready'));
  await typeInto(slider(page, 'Kick', 'Fader'), '8');
  await typeInto(slider(page, 'Pad', 'Fader'), '-4');
  await typeInto(slider(page, 'Lead', 'Pan'), 'R20');

  const captured = page.evaluate(async () => {
    const session = window.mixingTable;
    if (!session) throw new Error('no session is open');
    const channels = await session.engine.capture(10 * 48_000, 20 * 48_000);
    Object.assign(window, { heard: channels });
  });
  await page.getByRole('button', { name: 'Play' }).first().click();
  await captured;
  await page.waitForFunction(() => window.mixingTable && window.mixingTable.transport.position() >= 88, undefined, { timeout: 120_000 });
  const shown = await page.evaluate(() => {
    const meter = {
      peakLeft: 0,
      peakRight: 0,
      rmsLeft: 0,
      rmsRight: 0,
      gateReduction: 0,
      compReduction: 0,
      gateDetector: 0,
      compDetector: 0,
      clipped: false,
      highest: 0,
      clips: 0,
      correlation: 0,
      momentary: 0,
      shortTerm: 0,
      integrated: 0,
      range: 0,
      truePeak: 0,
      limiterReduction: 0,
    };
    window.mixingTable?.engine.meters.readMaster(meter);
    return { integrated: meter.integrated, truePeak: meter.truePeak, underruns: window.mixingTable?.engine.underruns.get() };
  });
  await page
    .getByRole('button', { name: /Stop|Pause/ })
    .first()
    .click();

  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('32');
  const download = page.waitForEvent('download', { timeout: 120_000 });
  await dialog
    .getByRole('button', { name: /export|mix down|render/i })
    .first()
    .click();
  const file = info.outputPath('mixdown.wav');
  await (await download).saveAs(file);

  const wav = readFileSync(file);
  const data = wav.indexOf('data') + 8;
  const difference = await page.evaluate(
    ([base64]) => {
      const heard = (window as unknown as { heard: readonly [Float32Array, Float32Array] }).heard;
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const samples = new Float32Array(bytes.buffer);
      let greatest = 0;
      for (let frame = 0; frame < heard[0].length; frame += 1) {
        for (const side of [0, 1] as const)
          greatest = Math.max(greatest, Math.abs((heard[side][frame] ?? 0) - (samples[frame * 2 + side] ?? 0)));
      }
      return { greatest, frames: heard[0].length };
    },
    [wav.subarray(data + 10 * 48_000 * 8, data + 30 * 48_000 * 8).toString('base64')] as const,
  );
  expect(difference).toEqual({ greatest: 0, frames: 20 * 48_000 });

  const independent = measuredByFfmpeg(file);
  console.log(
    `underruns: ${shown.underruns}; integrated: page ${shown.integrated.toFixed(2)}, ffmpeg ${independent.integrated} LUFS; true peak: page ${shown.truePeak.toFixed(2)}, ffmpeg ${independent.truePeak} dBTP`,
  );
  expect(Math.abs(independent.integrated - shown.integrated)).toBeLessThanOrEqual(0.1);
});

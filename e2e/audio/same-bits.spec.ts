import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { renderRandom } from '../../lib/desk/random-console';
import { Rig } from '../../lib/desk/rig';
import { servePage } from '../support/isolated-page';

const WASM = fileURLToPath(new URL('../../public/built/desk.wasm', import.meta.url));
const PAGE = fileURLToPath(new URL('./same-bits/page.ts', import.meta.url));
const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const SEEDS = [1, 2];

/** What Firefox renders; driven by the WebDriver protocol, for Playwright drives only a Firefox of its own making. */
async function inFirefox(url: string): Promise<string[]> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'renderHash' in window);
    const hashes: string[] = [];
    for (const seed of SEEDS) hashes.push(await page.evaluate((which) => window.renderHash(which), seed));
    return hashes;
  } finally {
    await browser.close();
  }
}

test('Chromium, Firefox and Node render a mix of every processor to the same bits', async ({ page }) => {
  test.setTimeout(240_000);
  const module = await WebAssembly.compile(readFileSync(WASM));
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const node = SEEDS.map((seed) => hash(renderRandom(module, (made) => new Rig(made), seed)));
  const served = await servePage(PAGE, (path) => (path === '/desk.wasm' ? readFileSync(WASM) : null));
  await page.goto(served.url);
  await page.waitForFunction(() => 'renderHash' in window);
  for (const [index, seed] of SEEDS.entries())
    expect(await page.evaluate((which) => window.renderHash(which), seed), 'Chromium as Node').toBe(node[index]);
  expect(await inFirefox(served.url), 'Firefox as Node').toEqual(node);
  served.close();
});

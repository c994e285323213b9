import { expect, type Locator, type Page } from '@playwright/test';
import type { Target } from '../../lib/mix';

/** The control of a strip's parameter as people find it: by its name. */
export function slider(page: Page, strip: string, parameter: string): Locator {
  return page.getByRole('slider', { name: `${strip} ${parameter}`, exact: true }).first();
}

/** Types a value into a control: Enter, the value with its unit, Enter. */
export async function type(control: Locator, text: string): Promise<void> {
  await control.focus();
  await control.press('Enter');
  const page = control.page();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** The id of a strip by its name, as this page's mix has it. */
export function stripId(page: Page, name: string): Promise<string> {
  return page.evaluate((wanted) => {
    for (const strip of window.mixingTable?.desk.mix.get().strips.values() ?? []) if (strip.name === wanted) return strip.id;
    throw new Error(`no strip is named ${wanted}`);
  }, name);
}

/** A kept value of a strip as this page has it now (undefined: at its default). */
export function kept(page: Page, id: string, parameter: string): Promise<number | undefined> {
  return page.evaluate(([strip, field]) => window.mixingTable?.desk.mix.get().strips.get(strip)?.values[field], [id, parameter] as const);
}

/** A value as heard now, with everybody's moving hands. */
export function shown(page: Page, id: string, parameter: string): Promise<number | undefined> {
  const target: Target = { on: 'strip', id, parameter };
  return page.evaluate((which) => window.mixingTable?.desk.value(which).get(), target);
}

/** Everything kept in the mix, as text that can be compared. */
export function wholeMix(page: Page): Promise<string> {
  return page.evaluate(() => {
    const mix = window.mixingTable?.desk.mix.get();
    if (!mix) throw new Error('no session is open');
    const rows = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([rows(mix.strips), rows(mix.sends), rows(mix.inserts), rows(mix.markers), mix.settings]);
  });
}

export async function equalMixes(a: Page, b: Page): Promise<void> {
  await expect(async () => expect(await wholeMix(a)).toBe(await wholeMix(b))).toPass({ timeout: 5000 });
}

/** Presses on a control and leaves the hand there; the return lets it move (pixels up) and let go. */
export async function grab(control: Locator): Promise<{ move(up: number): Promise<void>; release(): Promise<void> }> {
  await control.scrollIntoViewIfNeeded();
  const thumb = (await control.locator('[data-thumb]').count()) ? control.locator('[data-thumb]').first() : control;
  const box = await thumb.boundingBox();
  if (!box) throw new Error('the control is not on the page');
  const mouse = control.page().mouse;
  const x = box.x + box.width / 2;
  let y = box.y + box.height / 2;
  await mouse.move(x, y);
  await mouse.down();
  return {
    async move(up) {
      y -= up;
      await mouse.move(x, y, { steps: Math.max(1, Math.abs(Math.round(up / 2))) });
    },
    release: () => mouse.up(),
  };
}

import { expect, type Page, test } from '@playwright/test';
import { stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';

const server = ownServer();
let ana: Someone;
let ben: Someone;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
});

const stripNames = (page: Page) =>
  page.locator('[data-strips] [data-strip]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
const markerAt = (page: Page, name: string) =>
  page.evaluate((wanted) => [...(window.mixingTable?.desk.mix.get().markers.values() ?? [])].find((one) => one.name === wanted)?.at, name);

/** Drags by `right` pixels from the middle of what carries the name; `before` is done while the hand is still down. */
async function drag(page: Page, name: string, right: number, before?: () => Promise<void>): Promise<void> {
  const box = await page.getByRole('button', { name, exact: true }).first().boundingBox();
  if (!box) throw new Error(`${name} is not in sight`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right / 2, y, { steps: 4 });
  await page.mouse.move(x + right, y, { steps: 4 });
  await before?.();
  await page.mouse.up();
}

test('a strip dragged by its name stands elsewhere for both, once; undo brings it back', async () => {
  const before = await stripNames(ana.page);
  expect(before.slice(0, 3)).toEqual(['Kick', 'Snare Top', 'Snare Bottom']);
  await drag(ana.page, 'Select Kick', 84 * 2.3);
  const after = ['Snare Top', 'Snare Bottom', 'Kick', ...before.slice(3)];
  await expect.poll(() => stripNames(ana.page)).toEqual(after);
  await expect.poll(() => stripNames(ben.page)).toEqual(after);
  expect(await ana.page.evaluate(() => window.mixingTable?.selected.get())).toBeNull();
  await ana.page.locator('body').press('z');
  await expect.poll(() => stripNames(ben.page)).toEqual(before);
});

test('Escape leaves a dragged strip where it was', async () => {
  const before = await stripNames(ana.page);
  await drag(ana.page, 'Select Kick', 84 * 3, () => ana.page.keyboard.press('Escape'));
  expect(await stripNames(ana.page)).toEqual(before);
});

test('Alt and an arrow move a strip step by step, and it keeps the focus', async () => {
  const name = ana.page.getByRole('button', { name: 'Select Kick', exact: true });
  await name.focus();
  for (const place of [1, 2]) {
    await ana.page.keyboard.press('Alt+ArrowRight');
    await expect.poll(async () => (await stripNames(ben.page)).indexOf('Kick')).toBe(place);
    await expect(name).toBeFocused();
  }
  for (const place of [1, 0]) {
    await ana.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(async () => (await stripNames(ben.page)).indexOf('Kick')).toBe(place);
  }
});

test('strip widths are 56, 84 and 120 pixels, and this browser remembers', async () => {
  const { page } = ana;
  // Wide enough that all strips of the song are in sight when they are narrow, and not before.
  await page.setViewportSize({ width: 1520, height: 900 });
  const kick = page.locator(`[data-strip="${await stripId(page, 'Kick')}"]`);
  const width = async () => (await kick.boundingBox())?.width;
  expect(await width()).toBe(84);
  const more = page.getByRole('button', { name: 'More strips' });
  await more.press('Enter');
  await expect(more).toHaveCount(0);
  await page.getByRole('button', { name: 'Earlier strips' }).press('Enter');
  await expect(more).toBeVisible();
  for (const wanted of [120, 56]) {
    await page.locator('body').press('w');
    await expect.poll(width).toBe(wanted);
  }
  await expect(page.getByRole('button', { name: 'More strips' })).toHaveCount(0);
  await page.reload();
  await expect.poll(width).toBe(56);
  await page.locator('body').press('w');
  await expect.poll(width).toBe(84);
});

test('a section is dragged, moved by keys, left alone by Escape, and renamed', async () => {
  const { page } = ana;
  const pins = await page.evaluate(async () => (await window.mixingTable?.comments.add({ body: 'Here.', at: 30 }))?.at);
  const before = (await markerAt(page, 'Chorus')) ?? 0;
  await drag(page, 'Chorus', 60, () => page.keyboard.press('Escape'));
  expect(await markerAt(page, 'Chorus')).toBe(before);
  await drag(page, 'Chorus', 60);
  await expect.poll(() => markerAt(ben.page, 'Chorus')).toBeGreaterThan(before + 3);
  const moved = (await markerAt(page, 'Chorus')) ?? 0;
  const chorus = page.getByRole('button', { name: 'Chorus', exact: true });
  await chorus.focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => markerAt(ben.page, 'Chorus')).toBeCloseTo(moved - 60 / 102, 5);
  expect(await page.evaluate(() => window.mixingTable?.transport.position())).toBe(0);
  await chorus.dblclick();
  await page.getByRole('textbox', { name: 'Name' }).fill('Refrain');
  await page.keyboard.press('Escape');
  expect(await markerAt(page, 'Refrain')).toBeUndefined();
  await chorus.dblclick();
  await page.getByRole('textbox', { name: 'Name' }).fill('Refrain');
  await page.keyboard.press('Enter');
  await expect.poll(() => markerAt(ben.page, 'Refrain')).toBeDefined();
  expect(await page.evaluate(() => window.mixingTable?.comments.list.get()[0]?.at)).toBe(pins);
});

import { expect, type Page, test } from '@playwright/test';
import { stripId } from '../support/console';
import { arrive, openDemo, ownServer } from '../support/people';

const server = ownServer();

/** The effects of a strip in their order. */
const chain = (page: Page, strip: string) =>
  page.evaluate((id) => {
    const inserts = window.mixingTable?.desk.mix.get().inserts.values() ?? [];
    return [...inserts].filter((insert) => insert.strip === id).map((insert) => insert.type);
  }, strip);

test('effects are added, set up, put in another order and taken out by keyboard alone', async ({ browser }) => {
  const ana = await arrive(browser, 'Ana');
  await openDemo(ana, server());
  const { page } = ana;
  const lead = await stripId(page, 'Lead');
  await page.evaluate((id) => window.mixingTable?.select(id), lead);
  await page.locator('body').press('e');
  await page.getByRole('tab', { name: /EQ/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Effects' })).toHaveAttribute('aria-selected', 'true');

  for (const type of ['Phaser', 'Delay', 'Distortion']) {
    await page.getByRole('button', { name: 'Add an effect to Lead' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.type(type.slice(0, 4));
    await expect(page.getByRole('menuitem', { name: type })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: `Lead ${type}` })).toBeVisible();
  }
  expect(await chain(page, lead)).toEqual(['phaser', 'delay', 'distortion']);

  await page.getByRole('button', { name: /^Preset/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.type('Vocal');
  await expect(page.getByRole('menuitem', { name: 'Vocal grit' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Preset: Vocal grit' })).toBeVisible();

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.getByRole('button', { name: 'Move Distortion' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('Insert after Distortion');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toBe('Insert between Phaser and Delay');
  await page.keyboard.press('Enter');
  await expect.poll(() => chain(page, lead)).toEqual(['phaser', 'distortion', 'delay']);

  await page.getByRole('button', { name: 'Distortion effect menu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move up' }).press('Enter');
  await expect.poll(() => chain(page, lead)).toEqual(['distortion', 'phaser', 'delay']);

  await page.getByRole('button', { name: 'Delay effect menu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
  await expect.poll(() => chain(page, lead)).toEqual(['distortion', 'phaser']);
});

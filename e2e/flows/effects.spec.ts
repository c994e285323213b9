import { expect, type Page, test } from '@playwright/test';
import { kept, stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer } from '../support/people';

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
  await expect(page.getByRole('button', { name: 'Preset of Lead Distortion: Vocal grit' })).toBeVisible();

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

test('a setting is kept for everybody, copied to another strip, and a whole strip too', async ({ browser }) => {
  const ana = await arrive(browser, 'Ana');
  await openDemo(ana, server());
  const ben = await arrive(browser, 'Ben');
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  const { page } = ana;
  const [lead, bass] = [await stripId(page, 'Lead'), await stripId(page, 'Bass')];
  const dynamics = async (of: Page, strip: string) => {
    await of.evaluate((id) => window.mixingTable?.select(id), strip);
    await of.locator('body').press('d');
  };
  const choose = async (of: Page, preset: string | RegExp, item: string) => {
    await of.getByRole('button', { name: preset }).press('Enter');
    await of.getByRole('menuitem', { name: item }).press('Enter');
  };
  await page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'comp.threshold' }, -33]), lead);
  await dynamics(page, lead);
  await choose(page, /^Preset of Lead Comp/, 'Keep as a preset …');
  await page.getByRole('textbox', { name: 'Name' }).fill('Close and calm');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Preset of Lead Comp: Close and calm' })).toBeVisible();

  await dynamics(ben.page, bass);
  await choose(ben.page, /^Preset of Bass Comp/, 'Close and calm');
  await expect.poll(() => kept(page, bass, 'comp.threshold')).toBe(-33);

  await page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'gate.threshold' }, -44]), lead);
  await choose(page, /^Preset of Lead Gate/, 'Copy this setting');
  await dynamics(page, bass);
  await choose(page, /^Preset of Bass Gate/, 'Paste the copied setting');
  await expect.poll(() => kept(ben.page, bass, 'gate.threshold')).toBe(-44);

  const menu = async (strip: string, item: string | RegExp) => {
    await page.getByRole('button', { name: `${strip} menu` }).press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  await page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'eq.2.gain' }, -5]), lead);
  await menu('Lead', 'Copy settings');
  await menu('Bass', 'Paste settings of Lead');
  await expect.poll(() => kept(ben.page, bass, 'eq.2.gain')).toBe(-5);
  await page.locator('body').press('z');
  await expect.poll(() => kept(ben.page, bass, 'eq.2.gain')).not.toBe(-5);
});

import { expect, type Page, test } from '@playwright/test';
import { equalMixes, grab, shown, slider, stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer } from '../support/people';

const server = ownServer();

const strip = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).first();

async function openMenu(page: Page, name: string): Promise<void> {
  await strip(page, name).hover();
  await page.getByRole('button', { name: `${name} menu`, exact: true }).click();
}

/** Names of the strips as they stand in the console. */
const row = (page: Page) => page.locator('section[data-strip]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));

test('groups, VCAs and effect returns are made, filled, heard and taken away; who listens sees them and cannot', async ({ browser }) => {
  const ann = await arrive(browser, 'Ann');
  await openDemo(ann, server());
  const lena = await arrive(browser, 'Lena');
  await joinBy(lena, await inviteLink(ann, 'Listener'));
  const { page } = ann;

  const names = (await row(page)).slice(0, 3).filter((name) => name !== null);
  const [first = '', second = '', third = ''] = names;
  const select = (name: string) => page.getByRole('button', { name: `Select ${name}`, exact: true });
  await select(first).click();
  await select(second).click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Add a group, an effect return or a VCA' }).click();
  await page.getByRole('menuitem', { name: 'VCA of 2' }).click();
  await equalMixes(page, lena.page);
  const vca = await stripId(page, 'VCA');
  expect(await strip(page, 'VCA').getByRole('list').innerText()).toBe(`${first}\n${second}`);

  // A third one by the menu of the strip.
  await openMenu(page, third);
  await page.getByRole('menuitem', { name: 'VCAs' }).hover();
  await page.getByRole('menuitem', { name: 'VCA', exact: true }).click();
  await equalMixes(page, lena.page);
  await expect(strip(lena.page, 'VCA').getByRole('listitem')).toHaveCount(3);

  // A hand on its fader is seen and heard by the other at once.
  const hand = await grab(slider(page, 'VCA', 'Fader'));
  await hand.move(-60);
  await expect(lena.page.locator('[data-hand-of="Ann"]').first()).toBeVisible();
  await expect(async () => expect(await shown(lena.page, vca, 'fader')).toBeLessThan(-3)).toPass({ timeout: 3000 });
  await hand.release();
  await equalMixes(page, lena.page);
  await expect(lena.page.getByRole('button', { name: 'Add a group, an effect return or a VCA' })).toHaveCount(0);
  await expect(slider(lena.page, 'VCA', 'Fader')).toHaveAttribute('aria-disabled', 'true');

  // A group of two, and back.
  const stems = await row(page);
  await openMenu(page, first);
  await page.getByRole('menuitem', { name: 'Goes to' }).hover();
  await page.getByRole('menuitem', { name: 'New group' }).click();
  await expect(strip(page, `${first} group`)).toBeVisible();
  await openMenu(page, `${first} group`);
  await page.getByRole('menuitem', { name: 'Members' }).hover();
  await page.getByRole('menuitemcheckbox', { name: second, exact: true }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await equalMixes(page, lena.page);
  const group = await stripId(page, `${first} group`);
  const into = () =>
    page.evaluate((id) => [...(window.mixingTable?.desk.mix.get().strips.values() ?? [])].filter((one) => one.output === id).length, group);
  expect(await into()).toBe(2);
  await openMenu(page, `${first} group`);
  await page.getByRole('menuitem', { name: 'Dissolve group' }).click();
  await equalMixes(page, lena.page);
  expect(await row(page)).toEqual(stems);
  await page.keyboard.press('Control+z');
  await expect(strip(page, `${first} group`)).toBeVisible();
  expect(await into()).toBe(2);

  // An effect return with its effect.
  await page.getByRole('button', { name: 'Add a group, an effect return or a VCA' }).click();
  await page.getByRole('menuitem', { name: 'Effect return with a delay' }).click();
  await equalMixes(page, lena.page);
  expect((await row(page)).length).toBe(stems.length + 2);
});

import { expect, test } from '@playwright/test';
import { equalMixes, kept, slider, stripId, type, wholeMix } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer } from '../support/people';

const server = ownServer();

test('a version saved by one is recalled by the other, whole or one strip of it, and taken back', async ({ browser }) => {
  const ana = await arrive(browser, 'Ana');
  const ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  const [bass, lead] = [await stripId(ana.page, 'Bass'), await stripId(ana.page, 'Lead')];
  await type(slider(ana.page, 'Bass', 'Fader'), '-7');
  await type(slider(ana.page, 'Lead', 'Fader'), '-3');
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  const before = await wholeMix(ana.page);

  await ana.page.getByRole('tab', { name: 'Versions' }).click();
  await ana.page.getByRole('textbox', { name: 'Save the mix as' }).fill('Before the drums');
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.getByText('Before the drums')).toBeVisible();

  await ben.page.getByRole('tab', { name: 'Versions' }).click();
  await expect(ben.page.getByText('Before the drums')).toBeVisible();
  await type(slider(ben.page, 'Bass', 'Fader'), '-20');
  await type(slider(ben.page, 'Lead', 'Fader'), '-20');
  await equalMixes(ana.page, ben.page);

  await ben.page.evaluate((strip) => window.mixingTable?.select(strip), bass);
  await ben.page.getByRole('button', { name: 'More about Before the drums' }).click();
  await ben.page.getByRole('menuitem', { name: 'Recall Bass only' }).click();
  await expect.poll(() => kept(ana.page, bass, 'fader')).toBe(-7);
  expect(await kept(ana.page, lead, 'fader')).toBe(-20);

  await ben.page.getByRole('button', { name: 'Recall Before the drums' }).click();
  await expect.poll(() => wholeMix(ana.page)).toBe(before);
  await ben.page.getByRole('button', { name: 'Take back my last change' }).click();
  await expect.poll(() => kept(ana.page, lead, 'fader')).toBe(-20);
  await ana.page.screenshot({ path: 'test-results/visual/versions.png' });
});

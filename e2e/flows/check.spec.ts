import { expect, type Page, test } from '@playwright/test';
import { equalMixes, kept, stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer } from '../support/people';

const server = ownServer();

const finding = (page: Page, id: string) => page.locator(`[data-finding="${id}"]`);

test('the mix check finds what is wrong with the demo song, lets one hear a fix, and applies it for all as one change', async ({
  browser,
}) => {
  test.setTimeout(400_000);
  const ana = await arrive(browser, 'Ana');
  const ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Commenter'));
  const [kick, bottom, top] = [
    await stripId(ana.page, 'Kick'),
    await stripId(ana.page, 'Snare Bottom'),
    await stripId(ana.page, 'Snare Top'),
  ];

  await ana.page.getByRole('tab', { name: 'Check' }).click();
  const level = finding(ana.page, `balance/${kick}`);
  await expect(level).toContainText('Too soft', { timeout: 150_000 });
  await expect(ana.page.getByText(/\d+ to look at/)).toBeVisible({ timeout: 150_000 });
  const turned = finding(ana.page, `polarity/${bottom}/${top}`);
  await turned.getByRole('button', { name: /Snare Bottom/ }).click();
  await expect(turned).toContainText('the other way round');

  await turned.getByRole('button', { name: /Hear it/ }).click();
  await expect.poll(() => kept(ana.page, bottom, 'polarity')).toBe(1);
  expect(await kept(ben.page, bottom, 'polarity')).toBeUndefined();
  await ana.page.screenshot({ path: 'test-results/visual/check.png' });
  await turned.getByRole('button', { name: /Hearing it/ }).click();
  await expect.poll(() => kept(ana.page, bottom, 'polarity')).toBeUndefined();

  await turned.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => kept(ben.page, bottom, 'polarity')).toBe(1);
  await expect(turned).toHaveCount(0);
  await equalMixes(ana.page, ben.page);
  await ana.page.getByRole('button', { name: 'Take back my last change' }).click();
  await expect.poll(() => kept(ben.page, bottom, 'polarity')).toBeUndefined();

  // Who may not change the mix hears what is wrong with it all the same, and mends nothing.
  await ben.page.getByRole('tab', { name: 'Check' }).click();
  const seen = finding(ben.page, `balance/${kick}`);
  await seen.getByRole('button', { name: /Kick/ }).click({ timeout: 150_000 });
  await expect(seen.getByRole('button', { name: /Hear it/ })).toBeVisible();
  await expect(seen.getByRole('button', { name: 'Apply' })).toHaveCount(0);
});

import { expect, test } from '@playwright/test';
import { arrive, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';

const server = ownServer();
let ana: Someone;
let ben: Someone;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Commenter'));
});

test('a reply is written, changed and taken back, by keys alone, and the other sees each', async () => {
  await ana.page.evaluate(() => window.mixingTable?.comments.add({ body: 'The riser jumps out.', at: 28 }));
  const thread = ben.page.getByTestId('comment').filter({ hasText: 'The riser jumps out.' });
  await thread.getByRole('button', { name: 'Reply' }).press('Enter');
  await ben.page.keyboard.type('Three dB less?');
  await ben.page.keyboard.press('Control+Enter');
  await expect(ana.page.getByTestId('reply')).toContainText('Three dB less?');

  const mine = thread.getByTestId('reply');
  await mine.getByRole('button', { name: 'More about this reply' }).press('Enter');
  await ben.page.getByRole('menuitem', { name: 'Edit' }).press('Enter');
  await thread.getByRole('textbox', { name: 'Reply' }).fill('Six dB less?');
  await ben.page.keyboard.press('Control+Enter');
  await expect(ana.page.getByTestId('reply')).toContainText('Six dB less? · edited');

  await ana.page.getByTestId('reply').getByRole('button', { name: 'More about this reply' }).press('Enter');
  await expect(ana.page.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0);
  await ana.page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await ana.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(ben.page.getByTestId('reply')).toHaveCount(0);
});

test('two people have two colours, and a pin has its author’s', async () => {
  const faces = await ana.page
    .getByRole('list', { name: 'People here now' })
    .locator('[aria-hidden]')
    .evaluateAll((all) => all.map((face) => getComputedStyle(face).backgroundColor));
  expect(new Set(faces).size).toBe(2);
});

test('the owner’s “listeners may comment” flips at once, and back when it is refused', async () => {
  const { page } = ana;
  await page.getByRole('tab', { name: /People/ }).click();
  const box = page.getByRole('checkbox', { name: /Listeners may leave comments/ });
  let refuse = () => {};
  const asked = new Promise<void>((resolve) => (refuse = resolve));
  await page.route('**/api/sessions/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.fallback();
    await asked;
    await route.abort();
  });
  await box.click();
  await expect(box).toBeChecked();
  refuse();
  await expect(box).not.toBeChecked();
  await expect(page.getByRole('alertdialog').first()).toBeVisible();
  await page.unroute('**/api/sessions/*');
  await box.click();
  await expect.poll(() => ben.page.evaluate(() => window.mixingTable?.info.get().listenersMayComment)).toBe(true);
  await expect(box).toBeChecked();
});

test('who is removed sees what was, is told what is safe, and can do nothing there', async () => {
  await ana.page.getByRole('button', { name: 'Remove Ben' }).click();
  await ana.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  const closed = ben.page.getByTestId('closed');
  await expect(closed).toContainText('Everything you did before is saved');
  const view = ben.page.locator('[inert]');
  for (const name of ['Export', 'Send', 'Play']) await expect(view.getByRole('button', { name, exact: true })).toBeAttached();
  for (let tab = 0; tab < 12; tab++) {
    await ben.page.keyboard.press('Tab');
    expect(await ben.page.evaluate(() => document.activeElement?.closest('[inert]') ?? null)).toBeNull();
  }
  await ben.page.locator('body').press('c');
  await ben.page.keyboard.type('Hm');
  await expect(view.getByTestId('comment-body')).toHaveValue('');
  await closed.getByRole('link', { name: 'My sessions' }).click();
  await expect(ben.page).toHaveURL(`${server().url}/`);
});

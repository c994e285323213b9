import { expect, test } from '@playwright/test';
import { equalMixes, kept, shown, slider, stripId } from '../support/console';
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

test('by keys alone: a comment on a control calls somebody, who is told and finds it marked as unread', async () => {
  // What was said before counts as seen after a moment in sight.
  await expect(ben.page.getByRole('img', { name: /unread/ })).toHaveCount(0);
  await ben.page.getByRole('tab', { name: /People/ }).click();
  await slider(ana.page, 'Bass', 'Fader').focus();
  await ana.page.keyboard.press('c');
  await ana.page.keyboard.type('Warm here, @be');
  await expect(ana.page.getByRole('option', { name: /Ben/ })).toBeVisible();
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.type('isn’t it?');
  await ana.page.keyboard.press('Control+Enter');
  await expect(ben.page.getByText('Ana calls you in a comment')).toBeVisible();
  await expect(ben.page.getByRole('tab', { name: /Comments/ }).getByRole('img', { name: '1 unread' })).toBeVisible();
  await ben.page.getByRole('button', { name: 'A comment on Bass' }).press('Enter');
  const thread = ben.page.getByTestId('comment').filter({ hasText: 'Warm here, @Ben isn’t it?' });
  await expect(thread.getByRole('button', { name: 'Bass Fader' })).toBeVisible();
  await expect(ben.page.getByRole('img', { name: /unread/ })).toHaveCount(0);
});

test('a suggestion is heard by one alone, as loud as the mix; accepted, it is one step for all, and taken back as one', async () => {
  const [lead, pad] = [await stripId(ana.page, 'Lead'), await stripId(ana.page, 'Pad')];
  await ben.page.evaluate(
    ([up, down]) => {
      const changes = [
        { control: `strip/${up}/fader`, to: 2 },
        { control: `strip/${down}/fader`, to: -9 },
      ];
      return window.mixingTable?.comments.add({ body: 'The lead drowns.', at: 44, suggestion: { changes } });
    },
    [lead, pad],
  );
  const thread = ana.page.getByTestId('comment').filter({ hasText: 'The lead drowns.' });
  await thread.getByRole('button', { name: /Hear it as suggested/ }).press('Enter');
  await expect.poll(() => shown(ana.page, lead, 'fader')).toBe(2);
  await expect(thread.getByText('Both are equally loud.')).toBeVisible({ timeout: 60_000 });
  expect([await shown(ben.page, lead, 'fader'), await kept(ben.page, lead, 'fader')]).toEqual([0, undefined]);
  await thread.getByRole('button', { name: 'Accept' }).press('Enter');
  await expect.poll(() => kept(ben.page, lead, 'fader')).toBe(2);
  expect(await kept(ben.page, pad, 'fader')).toBe(-9);
  await expect(thread).toHaveCount(0);
  await equalMixes(ana.page, ben.page);
  await ana.page.getByRole('button', { name: 'Take back my last change' }).click();
  await expect.poll(() => kept(ben.page, lead, 'fader')).toBeUndefined();
  expect(await kept(ben.page, pad, 'fader')).toBeUndefined();
});

test('a comment is heard as it was, apart from the others, and the way back leads to them', async () => {
  const bass = await stripId(ana.page, 'Bass');
  const set = (value: number) =>
    ana.page.evaluate(([id, to]) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, to]), [bass, value] as const);
  await set(-5);
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  await ana.page.evaluate(() => window.mixingTable?.comments.add({ body: 'Right like this.', at: 30 }));
  await set(-15);
  await expect.poll(() => kept(ben.page, bass, 'fader')).toBe(-15);
  const thread = ben.page.getByTestId('comment').filter({ hasText: 'Right like this.' });
  await thread.getByRole('button', { name: /Hear it as it was/ }).click();
  await expect.poll(() => shown(ben.page, bass, 'fader')).toBe(-5);
  await expect.poll(() => ben.page.evaluate(() => window.mixingTable?.transport.position())).toBeGreaterThan(30);
  expect(await ben.page.evaluate(() => window.mixingTable?.transport.together.get())).toBe(false);
  expect([await ana.page.evaluate(() => window.mixingTable?.transport.playing.get()), await shown(ana.page, bass, 'fader')]).toEqual([
    false,
    -15,
  ]);
  await thread.getByRole('button', { name: 'Done' }).click();
  await expect.poll(() => shown(ben.page, bass, 'fader')).toBe(-15);
  await expect.poll(() => ben.page.evaluate(() => window.mixingTable?.transport.together.get())).toBe(true);
  await set(0);
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

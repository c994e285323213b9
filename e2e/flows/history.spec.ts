import { expect, test } from '@playwright/test';
import { equalMixes, grab, kept, shown, slider, stripId } from '../support/console';
import { arrive, inSession, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';

const server = ownServer();
let ana: Someone;
let ben: Someone;
let bass: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  bass = await stripId(ana.page, 'Bass');
});

const rows = ({ page }: Someone) => page.getByTestId('gesture');

test('a hand’s whole way is one line in the history, for both, as it happens', async () => {
  await ben.page.getByRole('tab', { name: 'History' }).click();
  const hand = await grab(slider(ana.page, 'Bass', 'Fader'));
  await hand.move(-30);
  await hand.move(-10);
  await hand.release();
  await expect(rows(ben).first()).toContainText(/Ana · Bass Fader .* → .* dB/);
  await expect(rows(ben).filter({ hasText: 'Bass Fader' })).toHaveCount(1);
});

test('before and after are heard by who holds the button, and by nobody else', async () => {
  const now = await kept(ana.page, bass, 'fader');
  const row = rows(ben).first();
  await row.getByRole('button').first().click();
  await row.getByRole('button', { name: /^Hear before/ }).focus();
  await ben.page.keyboard.down('Enter');
  await expect.poll(() => shown(ben.page, bass, 'fader')).not.toBe(now);
  expect(await shown(ana.page, bass, 'fader')).toBe(now);
  expect(await kept(ana.page, bass, 'fader')).toBe(now);
  await ben.page.keyboard.up('Enter');
  await expect.poll(() => shown(ben.page, bass, 'fader')).toBe(now);
});

test('one takes back the other’s gesture by keyboard; both have the same mix, and the line says so', async () => {
  const { from } = await ben.page.evaluate(() => ({ from: window.mixingTable?.history.list.get()?.[0]?.from }));
  await rows(ben)
    .first()
    .getByRole('button', { name: /^Take back/ })
    .focus();
  await ben.page.keyboard.press('Enter');
  await expect(rows(ben).first()).toContainText('You · Took back: Bass Fader');
  await expect(rows(ben).nth(1)).toContainText('(taken back)');
  await expect.poll(() => kept(ana.page, bass, 'fader')).toBe(from);
  await equalMixes(ana.page, ben.page);
});

test('what was changed since is not taken back before asking', async () => {
  const target = { on: 'strip', id: bass, parameter: 'fader' } as const;
  await ana.page.evaluate((one) => window.mixingTable?.desk.set([one, -9]), target);
  await expect(rows(ben).first()).toContainText('−9.0 dB');
  await ben.page.evaluate((one) => window.mixingTable?.desk.set([one, -2]), target);
  await expect(rows(ben).first()).toContainText('−2.0 dB');
  const row = rows(ben).nth(1);
  await row.getByRole('button').first().click();
  await row.getByRole('button', { name: /^Take back/ }).click();
  const asked = ben.page.getByRole('alertdialog');
  await expect(asked).toContainText('Ben has changed Bass Fader since');
  expect(await kept(ana.page, bass, 'fader')).toBe(-2);
  await asked.getByRole('button', { name: 'Take back all the same' }).click();
  await expect.poll(() => kept(ana.page, bass, 'fader')).not.toBe(-2);
  await equalMixes(ana.page, ben.page);
});

test('who was away is told what the others did, and can dismiss it', async () => {
  const address = ben.page.url();
  await ben.page.goto('about:blank');
  await expect.poll(() => ana.page.evaluate(() => window.mixingTable?.people.here.get().length)).toBe(1);
  await ana.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, -7]), bass);
  await expect(ana.page.getByText('saved', { exact: true }).first()).toBeVisible();
  await ben.page.goto(address);
  await inSession(ben);
  const card = ben.page.getByTestId('away');
  await expect(card).toContainText('Ana 1 change');
  await card.getByRole('button', { name: /While you were away/ }).click();
  await expect(card).toContainText('→ −7.0 dB');
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await expect(card).toHaveCount(0);
});

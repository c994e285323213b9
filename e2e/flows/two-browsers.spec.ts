import { expect, test } from '@playwright/test';
import { kept, slider, stripId, wholeMix } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';
import { writeRaw } from '../support/raw-socket';
import { equalisersAgree, fadersAgree, playheadsAgree } from './mix-together';

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

test('the demo song is there with its strips, sections and stems', async () => {
  for (const name of ['Kick', 'Snare Top', 'Bass', 'Lead', 'FX', 'Master']) await expect(slider(ana.page, name, 'Fader')).toBeAttached();
  await expect(ana.page).toHaveTitle(/Slow Ferry Home/);
  await ana.page.waitForFunction(() => window.mixingTable?.stems.list.get().every((stem) => stem.status === 'ready'));
  expect(await wholeMix(ben.page)).toBe(await wholeMix(ana.page));
});

test('a fader moved by one is seen and heard by both alike', async () => {
  await fadersAgree(ana, ben, { strip: 'Bass', from: 40, seconds: 2 });
});

test('an EQ band set by the other is heard by both alike', async () => {
  await equalisersAgree(ana, ben, { strip: 'Bass', from: 40, seconds: 2 });
});

test('both play: playheads within 10 ms', async () => {
  await playheadsAgree(ana, ben, 20);
});

test('undo takes back my own gesture and leaves the other’s', async () => {
  const lead = await stripId(ana.page, 'Lead');
  const pad = await stripId(ana.page, 'Pad');
  await ana.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, -3]), lead);
  await expect.poll(() => kept(ben.page, lead, 'fader')).toBe(-3);
  await ben.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, -4]), pad);
  await expect.poll(() => kept(ana.page, pad, 'fader')).toBe(-4);
  await ana.page.locator('body').press('z');
  await expect.poll(() => kept(ben.page, lead, 'fader')).toBeUndefined();
  expect(await kept(ben.page, pad, 'fader')).toBe(-4);
});

test('a comment at 0:42 appears for the other with its pin', async () => {
  await ana.page.evaluate(() => window.mixingTable?.transport.seek(42));
  await ana.page.locator('body').press('c');
  await ana.page.getByRole('textbox', { name: /comment/i }).fill('The lead sinks under the pad here.');
  await ana.page.keyboard.press('Control+Enter');
  await expect(ben.page.getByText('The lead sinks under the pad here.').first()).toBeVisible();
  await expect(ben.page.getByRole('button', { name: /Comment by Ana at 0:42/ })).toBeVisible();
});

test('a listener sees every control move and can move none, by page or by raw socket', async ({ browser }) => {
  const lia = await arrive(browser, 'Lia');
  await joinBy(lia, await inviteLink(ana, 'Listener'));
  const id = await stripId(lia.page, 'Guitar');
  const fader = slider(lia.page, 'Guitar', 'Fader');
  await expect(fader).toHaveAttribute('aria-disabled', 'true');
  await fader.focus();
  await fader.press('ArrowDown');
  await fader.press('PageDown');
  const before = await wholeMix(ana.page);

  const cookies = await lia.context.cookies();
  const written = await writeRaw(server().url, lia.page.url().split('/').pop() ?? '', cookies, id, -33);
  expect(written).toBe('dropped');
  expect(await wholeMix(ana.page)).toBe(before);

  await ana.page.evaluate((strip) => window.mixingTable?.desk.set([{ on: 'strip', id: strip, parameter: 'fader' }, -7.5]), id);
  await expect.poll(() => kept(lia.page, id, 'fader')).toBe(-7.5);
  await expect(fader).toHaveAttribute('aria-valuetext', /7\.5/);
  await lia.context.close();
});

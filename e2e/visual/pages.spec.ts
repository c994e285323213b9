import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';
import { usable } from '../support/usable';

/** Where the pictures go; the ones in this folder were made with `PICTURES=e2e/visual`. */
const PICTURES = process.env.PICTURES ?? 'test-results/visual';
const server = ownServer();
let ana: Someone;
let link: string;

test.describe.configure({ mode: 'serial' });

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Maria Lopez');
  await openDemo(ana, server());
  link = await inviteLink(ana, 'Mixer');
});

test('the session while it plays, with somebody else’s hand on a fader', async ({ browser }) => {
  const { page } = ana;
  const other = await arrive(browser, 'Jo Okafor');
  await joinBy(other, link);
  await other.page.evaluate(() => window.mixingTable?.comments.add({ body: 'Chorus vocal sinks under the pad here.', at: 42 }));
  await page.evaluate(() => window.mixingTable?.comments.add({ body: 'The riser jumps out before the chorus.', at: 28, until: 37 }));
  await page.evaluate(() => window.mixingTable?.transport.seek(40));
  await page.waitForFunction(() => window.mixingTable?.engine.player.ready.get());
  await page.getByRole('button', { name: 'Play' }).first().click();
  const pad = await stripId(other.page, 'Pad');
  await other.page.evaluate((id) => {
    const held = window.mixingTable?.desk.grab([{ on: 'strip', id, parameter: 'fader' }]);
    if (held?.ok) held.value.move(-11);
  }, pad);
  await expect(page.locator('[data-hand-of="Jo Okafor"]').first()).toBeVisible();
  await page.waitForFunction(() => (window.mixingTable?.transport.position() ?? 0) > 42);
  await picture(page, 'session');
  await usable(page);
  await other.context.close();
});

test('the channel view', async () => {
  const { page } = ana;
  const lead = await stripId(page, 'Lead');
  await page.evaluate((id) => {
    const at = (parameter: string) => ({ on: 'strip', id, parameter }) as const;
    window.mixingTable?.desk.set(
      [at('eq.4.gain'), 4],
      [at('eq.4.freq'), 2800],
      [at('eq.2.gain'), -5],
      [at('hpf.on'), 1],
      [at('comp.on'), 1],
    );
    window.mixingTable?.select(id);
  }, lead);
  await page.locator('body').press('e');
  await expect(page.getByRole('slider', { name: 'Lead EQ 4 gain' }).first()).toBeVisible();
  await picture(page, 'channel-view');
  await usable(page);
  // By then the song may have come to its end by itself.
  await page.evaluate(() => window.mixingTable?.transport.stop());
});

test('home', async () => {
  const { page } = ana;
  await page.goto(server().url);
  await expect(page.getByText('Slow Ferry Home').first()).toBeVisible();
  await picture(page, 'home');
  await usable(page);
});

test('the invitation', async ({ browser }) => {
  const guest = await arrive(browser, 'Guest');
  await guest.page.goto(link);
  await expect(guest.page.getByText('Maria Lopez').first()).toBeVisible();
  await picture(guest.page, 'invite');
  await usable(guest.page);
  await guest.context.close();
});

test('a phone: the session and one strip at a time', async ({ browser }) => {
  const phone = await arrive(browser, 'Phone', { width: 390, height: 844 });
  await joinBy(phone, link);
  await picture(phone.page, 'phone');
  await usable(phone.page);
  await phone.page.getByRole('button', { name: 'Mix', exact: true }).click();
  await expect(phone.page.getByRole('slider', { name: /Fader$/ }).first()).toBeVisible();
  await picture(phone.page, 'phone-console');
  await usable(phone.page);
  await phone.page.goto(server().url);
  await picture(phone.page, 'phone-home');
  await usable(phone.page);
  await phone.context.close();
});

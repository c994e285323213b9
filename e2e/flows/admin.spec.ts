import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { startServer } from '../support/server';

const TOKEN = 'a token of sixteen or more';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function clean(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude('[data-live-announcer]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(viewport);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('test-results/visual', `${name}-${viewport.width}.png`), animations: 'disabled' });
  }
}

test('the administration, by the keyboard alone: log in, delete a session, bring it back, log out; without its token there is none', async ({
  page,
}) => {
  const server = await startServer({ empty: true, environment: { DEMO_SONG: 'off', ADMIN_TOKEN: TOKEN } });
  const owner = await ApiUser.arrive(server.url, 'Olga Petrowa');
  const { id } = await owner.createSession('Slow Ferry Home');
  await owner.createSession('Another song');
  const there = async () => (await owner.call('get', '/api/sessions/{id}', { id })).status;
  await page.goto(`${server.url}/admin`);
  const field = page.getByLabel('The token of this service');
  await expect(field).toBeFocused();
  await clean(page, 'admin-login');
  await page.keyboard.type('not the token');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'not the token' })).toBeVisible();
  await field.fill(TOKEN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Slow Ferry Home', exact: true })).toBeVisible();
  await clean(page, 'admin');

  await page.getByRole('button', { name: 'Delete Slow Ferry Home' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog', { name: 'Delete this session?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await there()).toBe(200);
  await page.getByRole('button', { name: 'Delete Slow Ferry Home' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const back = page.getByRole('button', { name: 'Bring Slow Ferry Home back' });
  await expect(back).toBeVisible();
  expect(await there()).toBe(404);
  await back.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete Slow Ferry Home' })).toBeVisible();
  expect(await there()).toBe(200);

  await page.getByLabel('Search sessions by title or owner').fill('ferry');
  await expect(page.getByRole('cell', { name: 'Another song', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Log out' }).press('Enter');
  await expect(field).toBeVisible();
  await server.dispose();

  const plain = await startServer({ empty: true, environment: { DEMO_SONG: 'off' } });
  expect((await page.goto(`${plain.url}/admin`))?.status()).toBe(404);
  await expect(page.getByText('There is nothing at this address')).toBeVisible();
  await plain.dispose();
});

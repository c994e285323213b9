import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { stemAs } from '../support/files';
import { arrive, inSession, inviteLink, joinBy, ownServer, type Someone } from '../support/people';
import { usable } from '../support/usable';

const server = ownServer();
let ana: Someone;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
});

const strips = (page: Page) =>
  page.evaluate(() => [...(window.mixingTable?.desk.mix.get().strips.values() ?? [])].filter(({ stem }) => stem).map(({ name }) => name));

test('a ZIP becomes a session: its strips are named, coloured and ordered from the names of its files', async () => {
  const stems = { 'Song/03_Lead Vox.wav': '10_Lead.flac', 'Song/01_Kick.wav': '01_Kick.flac', 'Song/02_Bass.wav': '06_Bass.flac' };
  const files = Object.fromEntries(
    Object.entries(stems).map(([name, stem]) => [name, new Uint8Array(readFileSync(stemAs(stem, `zipped-${stem}.wav`, [], 3)))]),
  );
  const zip = join(test.info().outputPath(), 'song.zip');
  mkdirSync(dirname(zip), { recursive: true });
  writeFileSync(zip, zipSync({ ...files, 'Song/readme.txt': new Uint8Array(10), '__MACOSX/Song/._01_Kick.wav': new Uint8Array(10) }));

  const { page } = ana;
  await page.goto(server().url);
  await page.getByRole('button', { name: 'New session' }).press('Enter');
  await page.getByRole('textbox', { name: /name/i }).fill('Ana');
  await page.keyboard.press('Enter');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Files or a ZIP' }).press('Enter');
  await (await chooser).setFiles(zip);
  await expect(page.getByTestId('chosen')).toContainText('song.zip');
  await page.getByRole('textbox', { name: 'Title of the song' }).fill('From a ZIP');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/s/*');
  await expect.poll(() => strips(page), { timeout: 60_000 }).toHaveLength(3);
  expect(await strips(page)).toEqual(['Kick', 'Bass', 'Lead Vox']);
  await page.waitForFunction(() => window.mixingTable?.stems.list.get().every(({ status }) => status === 'ready'));
});

test('home tells of unread comments and who is called in them', async ({ browser }) => {
  await inSession(ana);
  const ben = await arrive(browser, 'Ben');
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  const me = await ana.page.evaluate(() => window.mixingTable?.me.id ?? '');
  await ana.page.goto(server().url);
  await ben.page.evaluate((id) => window.mixingTable?.comments.add({ body: '@Ana, listen', mentions: [id], at: 1 }), me);
  await ana.page.reload();
  const card = ana.page.getByTestId('session-card').filter({ hasText: 'From a ZIP' });
  await expect(card.getByTestId('unread')).toContainText('1');
  await expect(card.getByTestId('unread')).toContainText('@you');
  await ben.context.close();
});

const choose = async (page: Page, title: string, item: string) => {
  await page.getByRole('button', { name: `More about ${title}`, exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: item }).press('Enter');
};

test('by keys alone: a session is copied with its comments, put away, deleted, brought back and erased', async () => {
  const { page } = ana;
  await choose(page, 'From a ZIP', 'Copy…');
  await page.getByRole('checkbox', { name: 'Comments too' }).press('Space');
  await page.getByRole('textbox', { name: 'Title of the copy' }).press('Enter');
  await page.waitForURL('**/s/*');
  await expect(page.getByTestId('comment')).toContainText('@Ana, listen');
  expect(await strips(page)).toEqual(['Kick', 'Bass', 'Lead Vox']);

  await page.goto(server().url);
  await choose(page, 'From a ZIP (copy)', 'Put away');
  await expect(page.getByTestId('session-card')).toHaveCount(1);
  await page.getByRole('button', { name: /^Put away/ }).press('Enter');
  await expect(page.getByTestId('session-card')).toContainText('From a ZIP (copy)');
  await choose(page, 'From a ZIP (copy)', 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('button', { name: /^Bin/ }).press('Enter');
  await expect(page.getByTestId('binned')).toContainText('erased in 30 days');
  await usable(page);
  await page.screenshot({ path: 'test-results/visual/bin.png' });
  await page.getByRole('button', { name: /Bring “From a ZIP \(copy\)” back/ }).press('Enter');
  await expect(page.getByText('is back, for everybody')).toBeVisible();

  await page.getByRole('button', { name: /^Put away/ }).press('Enter');
  await choose(page, 'From a ZIP (copy)', 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('button', { name: /^Bin/ }).press('Enter');
  await page.getByRole('button', { name: /Erase “From a ZIP \(copy\)” now/ }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase' }).press('Enter');
  await expect(page.getByRole('button', { name: /^Bin/ })).toHaveCount(0);
  await expect(page.getByTestId('session-card')).toHaveCount(1);
  await page.screenshot({ path: 'test-results/visual/home-mine.png' });
});

test('by keys alone: a guest makes an account and finds everything at another browser, which is signed out from here', async ({
  browser,
}) => {
  const { page } = ana;
  await page.getByRole('link', { name: /my account/ }).press('Enter');
  const form = page.getByRole('form', { name: 'Make an account' });
  await form.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.org');
  await form.getByLabel(/New password/).fill('a long enough word');
  await page.keyboard.press('Enter');
  await expect(page.getByText('ana@example.org')).toBeVisible();
  await usable(page);
  await page.screenshot({ path: 'test-results/visual/account.png', fullPage: true });

  const phone = await arrive(browser, 'Ana', { width: 390, height: 844 });
  await phone.page.goto(`${server().url}/account`);
  await usable(phone.page);
  const signIn = phone.page.getByRole('form', { name: 'Sign in' });
  await signIn.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.org');
  await signIn.getByLabel('Password').fill('not the word');
  await phone.page.keyboard.press('Enter');
  await expect(signIn.getByRole('alert')).toContainText('do not fit together');
  await signIn.getByLabel('Password').fill('a long enough word');
  await phone.page.keyboard.press('Enter');
  await expect(phone.page.getByTestId('device')).toHaveCount(2);
  await usable(phone.page);
  await phone.page.screenshot({ path: 'test-results/visual/account-phone.png', fullPage: true });
  await phone.page.getByRole('link', { name: 'My sessions' }).click();
  await expect(phone.page.getByTestId('session-card')).toContainText('From a ZIP');

  await page.reload();
  await page.getByRole('button', { name: /^Sign out Chrome/ }).press('Enter');
  await expect(page.getByTestId('device')).toHaveCount(1);
  await phone.page.reload();
  await expect(phone.page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await phone.context.close();
});

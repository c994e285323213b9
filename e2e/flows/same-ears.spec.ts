import { expect, type Page, test } from '@playwright/test';
import { kept, stripId } from '../support/console';
import { arrive, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';

const server = ownServer();
let ana: Someone;
let ben: Someone;

test.describe.configure({ mode: 'serial' });

/** Prints are up to a minute apart, and a busy machine takes its time for each. */
const PATIENCE = { timeout: 150_000 };
test.setTimeout(240_000);

const glance = (page: Page) => page.getByTestId('same-ears');

/** What each page's own report says, as text. */
const prints = (page: Page) =>
  page.evaluate(() => window.mixingTable?.ears.get().map(({ ears, verdict }) => ({ verdict, mix: ears?.mix, print: ears?.print })));

/** Starts this page's sound as people do: by touching it. */
async function startSound({ page }: Someone): Promise<void> {
  await page.getByTestId('time').click();
  await page.waitForFunction(() => window.mixingTable?.engine.state.get().state === 'running');
}

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  for (const someone of [ana, ben]) await startSound(someone);
});

test('two who hear the same see it, compared by the samples of the same mix', async () => {
  for (const { page } of [ana, ben])
    await expect(async () => {
      const [one, other] = (await prints(page)) ?? [];
      expect([one?.verdict, other?.verdict]).toEqual(['alike', 'alike']);
      expect(one?.print).toMatch(/^[0-9a-f]{16}$/);
      expect([other?.mix, other?.print]).toEqual([one?.mix, one?.print]);
    }).toPass(PATIENCE);
  await expect(glance(ana.page)).toHaveAccessibleName('same ears 2: who hears what');
  await expect(glance(ana.page)).toHaveAttribute('data-same', 'true');
});

test('the list is opened and closed by keys, and says it in words', async () => {
  await glance(ana.page).focus();
  await ana.page.keyboard.press('Enter');
  const list = ana.page.getByRole('dialog', { name: 'Same ears' });
  await expect(list.getByText('You hear the same, compared sample by sample.')).toBeVisible();
  await expect(list.getByText('Ben hears the same, compared sample by sample.')).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(glance(ana.page)).toBeFocused();
});

test('a change makes another mix, and both have its samples alike', async () => {
  const [before] = (await prints(ana.page)) ?? [];
  const bass = await stripId(ana.page, 'Bass');
  await ana.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, -9]), bass);
  await expect.poll(() => kept(ben.page, bass, 'fader')).toBe(-9);
  await expect(async () => {
    const [one, other] = (await prints(ben.page)) ?? [];
    expect([one?.verdict, other?.verdict]).toEqual(['alike', 'alike']);
    expect(one?.mix).not.toBe(before?.mix);
    expect(one?.print).not.toBe(before?.print);
  }).toPass(PATIENCE);
});

test('who listens with solo is named to the others', async () => {
  const lead = await stripId(ben.page, 'Lead');
  await ben.page.evaluate((id) => window.mixingTable?.engine.monitor.toggleSolo(id, false), lead);
  await expect(glance(ana.page)).toHaveAccessibleName('Ben hears something else: who, and why');
  await glance(ana.page).click();
  await expect(ana.page.getByText('Ben listens with solo.')).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await ben.page.evaluate(() => window.mixingTable?.engine.monitor.clearSolo());
  await expect(glance(ana.page)).toHaveAttribute('data-same', 'true');
});

test('who cannot get a stem is named, with the stem', async () => {
  const bass = await ben.page.evaluate(() => {
    const strips = [...(window.mixingTable?.desk.mix.get().strips.values() ?? [])];
    return strips.find(({ name }) => name === 'Bass')?.stem ?? '';
  });
  const manifestUrl = await ben.page.evaluate(
    (id) => window.mixingTable?.stems.list.get().find((stem) => stem.id === id)?.manifestUrl ?? '',
    bass,
  );
  const manifest: { segments: (string | null)[]; segmentBase: string } = await ben.page.evaluate(
    async (url) => (await fetch(url)).json(),
    manifestUrl,
  );
  // A place far from what has been fetched already.
  const at = manifest.segments.findLastIndex((name) => name !== null);
  const blocked = manifest.segments.slice(at - 1).flatMap((name) => name ?? []);
  await ben.context.route(
    (url) => blocked.some((name) => url.pathname.endsWith(name)),
    (route) => route.abort(),
  );
  await ana.page.evaluate((seconds) => window.mixingTable?.transport.seek(seconds), at * 4 + 1);
  await expect(glance(ana.page)).toHaveAccessibleName('Ben hears something else: who, and why');
  await glance(ana.page).click();
  await expect(ana.page.getByText(/^Ben is missing 1 stem: Bass – /)).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await expect(glance(ben.page)).toHaveAccessibleName('you hear something else: who, and why');

  await ben.context.unrouteAll();
  await expect(glance(ana.page)).toHaveAttribute('data-same', 'true', PATIENCE);
  await expect(glance(ben.page)).toHaveAttribute('data-same', 'true', PATIENCE);
});

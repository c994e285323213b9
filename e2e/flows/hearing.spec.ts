import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { equalMixes, kept, shown, slider, stripId, type } from '../support/console';
import { arrive, inSession, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';

const server = ownServer();
let ana: Someone;
let ben: Someone;
let cleo: Someone;
let bass: string;
/** Everything that the service has sent to the three browsers, as text. */
const wire: string[] = [];

/** Writes down what a page is sent, over lines and as answers. */
function listenIn({ page }: Someone): void {
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void (typeof payload === 'string' && wire.push(payload))));
  page.on('response', async (response) => {
    if (response.url().includes('/blind-tests')) wire.push(await response.text().catch(() => ''));
  });
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  ben = await arrive(browser, 'Ben');
  cleo = await arrive(browser, 'Cleo', { width: 390, height: 844 });
  for (const someone of [ana, ben, cleo]) listenIn(someone);
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  await joinBy(cleo, await inviteLink(ana, 'Commenter'));
  bass = await stripId(ana.page, 'Bass');
  await ana.page.getByRole('tab', { name: 'Versions' }).click();
  for (const [name, fader] of [
    ['Quiet bass', '-24'],
    ['Loud bass', '3'],
  ] as const) {
    await type(slider(ana.page, 'Bass', 'Fader'), fader);
    await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
    await ana.page.getByRole('textbox', { name: 'Save the mix as' }).fill(name);
    await ana.page.keyboard.press('Enter');
    await expect(ana.page.getByRole('button', { name: `Recall ${name}` })).toBeVisible();
  }
  await type(slider(ana.page, 'Bass', 'Fader'), '-6');
  await equalMixes(ana.page, ben.page);
  // A stretch of a few seconds, so that it is soon measured.
  for (const { page } of [ana, ben, cleo]) {
    await page.evaluate(() => {
      window.mixingTable?.transport.setTogether(false);
      window.mixingTable?.transport.setLoop({ from: 20, until: 24 });
    });
  }
});

const updates = (page: Page) => page.evaluate(() => window.mixingTable?.history.list.get()?.length ?? 0);
const matched = (page: Page) =>
  page.waitForFunction(() => window.mixingTable?.audition.match.get().state === 'matched', undefined, { timeout: 90_000 });
const choice = (page: Page, name: string | RegExp) => page.getByRole('radiogroup', { name: 'Hear' }).getByRole('radio', { name });

/** What this browser keeps of drafts, as text. */
function keptDraft(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('mixing-table-drafts');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([]);
}

test('versions are heard by keys, by me alone, at one loudness; what differs is told', async () => {
  const { page } = ana;
  await page.getByRole('tab', { name: 'Versions' }).focus();
  await page.keyboard.press('1');
  await expect.poll(() => shown(page, bass, 'fader')).toBe(3);
  await page.keyboard.press('2');
  await expect.poll(() => shown(page, bass, 'fader')).toBe(-24);
  expect([await shown(ben.page, bass, 'fader'), await kept(ben.page, bass, 'fader')]).toEqual([-6, -6]);
  await matched(page);
  const gains = await page.evaluate(() => {
    const match = window.mixingTable?.audition.match.get();
    return match?.state === 'matched' ? [...match.loudness].map(([id, loudness]) => loudness + (match.gains.get(id) ?? Number.NaN)) : [];
  });
  expect(Math.max(...gains) - Math.min(...gains)).toBeLessThan(0.01);
  await page.keyboard.press('x');
  await expect.poll(() => shown(page, bass, 'fader')).not.toBe(-24);
  await page.getByRole('button', { name: 'What differs' }).first().click();
  const differences = page.getByRole('region', { name: 'What differs' });
  await expect(differences).toContainText(/Fader.*dB → .*dB/);
  await page.screenshot({ path: 'test-results/visual/hearing.png' });
  await clean(page);
  await page.getByRole('button', { name: 'End the comparison' }).click();
  await expect.poll(() => shown(page, bass, 'fader')).toBe(-6);
});

test('a draft is nobody’s but mine, outlives a reload, and is published as one gesture', async () => {
  const { page } = ben;
  await page.getByRole('tab', { name: 'History' }).click();
  await page.waitForFunction(() => window.mixingTable?.history.list.get() !== null);
  const before = await updates(page);
  await page.keyboard.press('n');
  await expect(choice(page, 'My draft')).toBeChecked();
  await type(slider(page, 'Bass', 'Fader'), '-12');
  await type(slider(page, 'Bass', 'Pan'), 'L30');
  await type(slider(ana.page, 'Lead', 'Fader'), '-4');
  const lead = await stripId(ana.page, 'Lead');
  await expect.poll(() => shown(page, lead, 'fader')).toBe(-4);
  expect([await shown(page, bass, 'fader'), await shown(ana.page, bass, 'fader')]).toEqual([-12, -6]);
  await page.screenshot({ path: 'test-results/visual/draft.png' });
  await clean(page);
  await expect(page.getByText('2 changes over the mix')).toBeVisible();
  await expect.poll(() => keptDraft(page)).toMatch(/"fader":-12.*"pan":-30/);
  await page.reload();
  await inSession(ben);
  expect(await shown(page, bass, 'fader')).toBe(-6);
  await choice(page, 'My draft').press('Space');
  await expect.poll(() => shown(page, bass, 'fader')).toBe(-12);
  expect(await kept(ana.page, bass, 'fader')).toBe(-6);
  await page.getByRole('button', { name: 'Publish' }).press('Enter');
  await expect.poll(() => kept(ana.page, bass, 'fader')).toBe(-12);
  await equalMixes(ana.page, page);
  await page.getByRole('tab', { name: 'History' }).click();
  // The other's change of Lead, and the draft as one.
  await expect.poll(() => updates(page)).toBe(before + 2);
  await page.keyboard.press('z');
  await expect.poll(() => kept(ana.page, bass, 'fader')).toBe(-6);
  await equalMixes(ana.page, page);
});

test('a commenter drafts for himself and publishes nothing', async () => {
  const { page } = cleo;
  await page.evaluate((strip) => {
    window.mixingTable?.draft.open();
    window.mixingTable?.desk.set([{ on: 'strip', id: strip, parameter: 'fader' }, -18]);
  }, bass);
  expect(await shown(page, bass, 'fader')).toBe(-18);
  await expect(page.getByRole('button', { name: 'Publish' })).toBeHidden();
  await page.screenshot({ path: 'test-results/visual/phone-draft.png' });
  await page.getByRole('button', { name: 'Throw away' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Throw away' }).click();
  await expect.poll(() => shown(page, bass, 'fader')).toBe(-6);
  expect(await kept(ana.page, bass, 'fader')).toBe(-6);
});

test('three compare blind: together, equally loud, one vote each, and nobody can know before the reveal', async () => {
  wire.length = 0;
  await ana.page.getByRole('button', { name: 'Blind test…' }).click();
  const dialog = ana.page.getByRole('dialog');
  await dialog.getByText('Quiet bass').click();
  await dialog.getByText('Loud bass').click();
  await dialog.getByRole('button', { name: 'Begin' }).click();
  for (const { page } of [ben, cleo]) await page.getByRole('button', { name: 'Take part' }).press('Enter');
  for (const { page } of [ana, ben, cleo]) await matched(page);
  const loudness = await Promise.all(
    [ana, ben, cleo].map(({ page }) =>
      page.evaluate(() => {
        const match = window.mixingTable?.audition.match.get();
        return match?.state === 'matched'
          ? [...match.loudness].map(([id, loud]) => `${id} ${(loud + (match.gains.get(id) ?? Number.NaN)).toFixed(2)}`)
          : [];
      }),
    ),
  );
  console.log('as heard, LUFS:', loudness[0]?.join(', '));
  for (const heard of loudness) {
    const levels = heard.map((text) => Number(text.slice(2)));
    expect(levels).toHaveLength(3);
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(0.2);
  }

  await choice(cleo.page, 'B').press('Space');
  for (const { page } of [ana, ben, cleo]) await expect(choice(page, 'B')).toBeChecked();
  const heard = await Promise.all([ana, ben, cleo].map(({ page }) => shown(page, bass, 'fader')));
  expect(new Set(heard).size).toBe(1);
  for (const [someone, letter] of [
    [ana, 'A'],
    [ben, 'B'],
    [cleo, 'B'],
    [cleo, 'A'],
    [cleo, 'B'],
  ] as const) {
    await someone.page.getByRole('radiogroup', { name: 'Vote for' }).getByRole('radio', { name: letter }).press('Space');
  }
  await expect(ana.page.getByText('3 votes', { exact: true })).toBeVisible();
  await ana.page.screenshot({ path: 'test-results/visual/blind.png' });
  await cleo.page.screenshot({ path: 'test-results/visual/phone-blind.png' });
  await clean(ben.page);
  for (const word of ['Quiet bass', 'Loud bass', 'snapshotId', 'when the test began']) expect(wire.join('\n')).not.toContain(word);
  await ana.page.getByRole('button', { name: 'Reveal' }).click();
  for (const { page } of [ana, ben, cleo]) await expect(page.getByRole('radiogroup', { name: 'Hear' })).toContainText('Quiet bass');
  const result = await cleo.page.evaluate(() =>
    window.mixingTable?.blindTests.list.get()[0]?.result?.versions.map(({ letter, votes }) => `${letter} ${votes.length}`),
  );
  expect(result).toEqual(['A 1', 'B 2', 'C 0']);
  await ana.page.screenshot({ path: 'test-results/visual/revealed.png' });
  await ana.page.getByRole('button', { name: 'Back to the mix' }).click();
  await expect.poll(() => shown(ana.page, bass, 'fader')).toBe(-6);
});

test('versions and history are on the phone, and axe finds nothing serious there', async () => {
  const { page } = cleo;
  await page.getByRole('button', { name: 'Versions' }).last().click();
  await expect(page.getByRole('button', { name: /^Hear Quiet bass/ })).toBeVisible();
  await page.screenshot({ path: 'test-results/visual/phone-versions.png' });
  await clean(page);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByTestId('gesture').first()).toBeVisible();
  await page.screenshot({ path: 'test-results/visual/phone-history.png' });
  await clean(page);
  await ana.page.getByRole('tab', { name: 'History' }).click();
  await expect(ana.page.getByTestId('gesture').first()).toBeVisible();
  await clean(ana.page);
});

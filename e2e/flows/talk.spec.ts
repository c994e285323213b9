import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { madeBy } from '../support/files';
import { arrive, inSession, inviteLink, joinBy, ownServer, type Someone } from '../support/people';
import { heldLevel, loudestVoice, outputLevel, tap } from '../support/tapped';

const server = ownServer({ empty: true });
let ana: Someone;
let ben: Someone;

test.describe.configure({ mode: 'serial' });

/** A session of a held tone, so that the level of the music says how far it is turned down. */
test.beforeAll(async ({ browser }) => {
  [ana, ben] = [await arrive(browser, 'Ana'), await arrive(browser, 'Ben')];
  for (const { context } of [ana, ben]) {
    await tap(context);
    await context.grantPermissions(['microphone']);
  }
  const owner = await ApiUser.arrive(server().url, 'Ana');
  const { id } = await owner.createSession('A held tone');
  const tone = madeBy('Tone.wav', ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=120:sample_rate=48000', '-c:a', 'pcm_s16le']);
  await owner.uploadStem(id, 'Tone.wav', readFileSync(tone));
  await owner.settled(id);
  await ana.context.addCookies(
    owner.cookies.split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name, value: value.join('='), url: server().url };
    }),
  );
  await ana.page.goto(`${server().url}/s/${id}`);
  await inSession(ana);
  await joinBy(ben, await inviteLink(ana, 'Commenter'));
});

test('held, a voice arrives; the music gives way by 12 dB at both, and comes back', async () => {
  await ana.page.getByTestId('play').click();
  for (const { page } of [ana, ben]) {
    if (page === ben.page) await page.getByTestId('join-in').click();
    await page.waitForFunction(() => window.mixingTable?.engine.player.playing.get() && !window.mixingTable.engine.player.waiting.get());
  }
  await expect.poll(() => outputLevel(ana.page)).toBeGreaterThan(-40);
  await expect.poll(() => outputLevel(ben.page)).toBeGreaterThan(-40);
  const before = [await heldLevel(ana.page), await heldLevel(ben.page)];

  await ana.page.locator('body').click({ position: { x: 5, y: 5 } });
  await ana.page.keyboard.down('t');
  await expect(ana.page.getByTestId('talk')).toHaveAttribute('data-voice', 'speaking');
  await expect(ben.page.getByRole('button', { name: 'Ana, owner' }).getByTestId('speaks')).toBeVisible();
  // The fake microphone beeps once a second.
  const arrived = await loudestVoice(ben.page, 2500);
  const during: number[] = [];
  for (const [n, { page }] of [ana, ben].entries()) {
    const turnedDown = async () => {
      during[n] = (await outputLevel(page)) - (before[n] ?? 0);
      return during[n];
    };
    await expect.poll(turnedDown).toBeCloseTo(-12, 1);
  }
  await ana.page.keyboard.up('t');
  await expect(ben.page.getByTestId('speaks')).toHaveCount(0);
  await expect.poll(async () => (await outputLevel(ben.page)) - (before[1] ?? 0)).toBeCloseTo(0, 1);
  await expect.poll(async () => (await outputLevel(ana.page)) - (before[0] ?? 0)).toBeCloseTo(0, 1);

  console.log(`voice at Ben's ${arrived.toFixed(1)} dBFS; music ${during.map((level) => level.toFixed(2)).join(', ')} dB`);
  expect(arrived).toBeGreaterThan(-30);
  expect(await loudestVoice(ben.page, 1500)).toBeLessThan(-60);
});

test('both talk at once; a tap stays on; the set amount counts for who set it alone', async () => {
  const before = [await heldLevel(ana.page), await heldLevel(ben.page)];
  await ben.page.getByRole('button', { name: 'Microphone and music while somebody talks' }).click();
  const dip = ben.page.getByRole('slider', { name: 'Music while somebody talks' });
  await dip.focus();
  for (let n = 0; n < 8; n++) await dip.press('ArrowLeft');
  await ben.page.keyboard.press('Escape');
  await Promise.all([ana, ben].map(({ page }) => page.getByTestId('talk').click()));
  for (const { page } of [ana, ben]) {
    await expect(page.getByTestId('talk')).toHaveAttribute('data-voice', 'speaking');
    expect(await loudestVoice(page, 2000)).toBeGreaterThan(-30);
  }
  await expect.poll(async () => (await outputLevel(ana.page)) - (before[0] ?? 0)).toBeCloseTo(-12, 1);
  await expect.poll(async () => (await outputLevel(ben.page)) - (before[1] ?? 0)).toBeCloseTo(-20, 1);
  await Promise.all([ana, ben].map(({ page }) => page.getByTestId('talk').click()));
  for (const { page } of [ana, ben]) await expect(page.getByTestId('talk')).toHaveAttribute('data-voice', 'silent');
});

test('a listener hears, and has no button; a refused microphone is told in words', async ({ browser }) => {
  const [lia, cem] = [await arrive(browser, 'Lia'), await arrive(browser, 'Cem')];
  await joinBy(lia, await inviteLink(ana, 'Listener'));
  await expect(lia.page.getByTestId('talk')).toHaveCount(0);
  await joinBy(cem, await inviteLink(ana, 'Commenter'));
  await cem.page.getByTestId('talk').click();
  await expect(cem.page.getByText(/Allow it beside the address/).first()).toBeVisible();
  await expect(cem.page.getByTestId('talk')).toHaveAttribute('data-voice', 'silent');
  for (const { context } of [lia, cem]) await context.close();
});

test('the chat: a message with a moment and a time in it; unread is counted, links lead there', async () => {
  await ana.page.getByTestId('chat').click();
  await ana.page.getByRole('button', { name: 'add the moment' }).click();
  await ana.page.getByRole('textbox', { name: 'Message' }).fill('Listen, and again at 0:42');
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.getByTestId('chat-message')).toContainText('0:42');
  await expect(ben.page.getByTestId('chat')).toHaveAccessibleName('Chat, 1 unread');
  await ben.page.getByTestId('chat').click();
  await expect(ben.page.getByTestId('chat-message')).toContainText('Listen, and again at');
  await ben.page.getByTestId('chat-message').getByRole('button', { name: '0:42' }).click();
  await expect.poll(() => ana.page.evaluate(() => window.mixingTable?.transport.position() ?? 0)).toBeGreaterThan(41.9);
  await ben.page.reload();
  await inSession(ben);
  await expect(ben.page.getByTestId('chat')).toHaveAccessibleName('Chat');
  await ana.page.getByTestId('chat-message').hover();
  await ana.page.getByRole('button', { name: 'Delete this message' }).click();
  await ben.page.getByTestId('chat').click();
  await expect(ben.page.getByText('Nobody has written yet')).toBeVisible();
});

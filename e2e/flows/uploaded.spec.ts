import { expect, test } from '@playwright/test';
import { slider } from '../support/console';
import { stemAs } from '../support/files';
import { arrive, inSession, inviteLink, joinBy, ownServer, type Someone } from '../support/people';
import { equalisersAgree, fadersAgree, playheadsAgree } from './mix-together';

const server = ownServer();
let ana: Someone;
let ben: Someone;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  ana = await arrive(browser, 'Ana');
  ben = await arrive(browser, 'Ben');
});

test('three stems dropped into a new session become strips that play', async () => {
  await ana.page.goto(server().url);
  await ana.page.getByRole('button', { name: 'New session' }).first().click();
  const dialog = ana.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /your name/i }).fill('Ana');
  await ana.page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: /title|called/i }).fill('Three stems');
  await ana.page.keyboard.press('Enter');
  await ana.page.waitForURL('**/s/*');
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  const chosen = ana.page.waitForEvent('filechooser');
  await ana.page
    .getByRole('button', { name: /add stems|choose files/i })
    .first()
    .click();
  await (await chosen).setFiles([
    stemAs('06_Bass.flac', 'Bass.wav', ['-ar', '44100', '-c:a', 'pcm_s24le']),
    stemAs('07_EPiano.flac', 'EPiano.mp3', ['-b:a', '192k']),
    stemAs('08_Guitar.flac', 'Guitar.flac', ['-ac', '1', '-c:a', 'flac']),
  ]);
  for (const name of ['Bass', 'EPiano', 'Guitar']) await expect(slider(ana.page, name, 'Fader')).toBeAttached({ timeout: 30_000 });
  await ana.page.waitForFunction(() => {
    const stems = window.mixingTable?.stems.list.get() ?? [];
    return stems.length === 3 && stems.every((stem) => stem.status === 'ready');
  });
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  await inSession(ben);
});

test('a fader moved by one is seen and heard by both alike', async () => {
  await fadersAgree(ana, ben, { strip: 'Bass', from: 5, seconds: 2 });
});

test('an EQ band set by the other is heard by both alike', async () => {
  await equalisersAgree(ana, ben, { strip: 'Bass', from: 5, seconds: 2 });
});

test('both play: playheads within 10 ms', async () => {
  await playheadsAgree(ana, ben, 3);
});

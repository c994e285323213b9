import { readFile } from 'node:fs/promises';
import { type Browser, expect, test } from '@playwright/test';
import { playheadsAgree } from '../flows/mix-together';
import { ApiUser } from '../support/api';
import { type Cluster, startBacking, startInstances } from '../support/cluster';
import { equalMixes, grab, kept, shown, slider, stripId, type } from '../support/console';
import { stemAs } from '../support/files';
import { arrive, inSession, inviteLink, joinBy, type Someone } from '../support/people';
import { fader, join } from '../support/raw-socket';

let backing: Awaited<ReturnType<typeof startBacking>>;
let cluster: Cluster;
let ana: Someone;
let ben: Someone;
let sessionId: string;
let bass: string;

test.describe.configure({ mode: 'serial' });

/** The owner of a new session, at a browser. */
async function owner(browser: Browser): Promise<Someone> {
  const user = await ApiUser.arrive(cluster.url, 'Ana');
  sessionId = (await user.createSession('Apart')).id;
  await user.uploadStem(sessionId, 'Bass.wav', await readFile(stemAs('06_Bass.flac', 'Bass-60.wav', ['-c:a', 'pcm_s16le'], 60)));
  await user.settled(sessionId);
  const someone = await arrive(browser, 'Ana');
  const [name = '', value = ''] = user.cookies.split(/=(.*)/s);
  await someone.context.addCookies([{ name, value, url: cluster.url }]);
  await someone.page.goto(`${cluster.url}/s/${sessionId}`);
  await inSession(someone);
  return someone;
}

test.beforeAll(async ({ browser }) => {
  backing = await startBacking();
  cluster = await startInstances(3, backing.environment, { environment: { DEMO_SONG: 'off' } });
  ana = await owner(browser);
  ben = await arrive(browser, 'Ben');
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  bass = await stripId(ana.page, 'Bass');
});

test.afterAll(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close();
  await cluster?.dispose();
  await backing?.stop();
});

test('two people on two instances mix together: a hand, a fader, an EQ, a comment', async () => {
  expect(cluster.balancer.syncSockets.slice(0, 2)).toEqual([0, 1]);
  const hand = await grab(slider(ana.page, 'Bass', 'Fader'));
  await hand.move(-40);
  await expect(ben.page.locator('[data-hand-of="Ana"]').first()).toBeVisible();
  const moving = await shown(ana.page, bass, 'fader');
  await expect(async () => expect(await shown(ben.page, bass, 'fader')).toBeCloseTo(moving ?? 0, 5)).toPass({ timeout: 3000 });
  await hand.release();
  await expect(ben.page.locator('[data-hand-of="Ana"]')).toHaveCount(0);
  await type(slider(ben.page, 'Bass', 'Fader'), '-6');
  await expect.poll(() => kept(ana.page, bass, 'fader')).toBe(-6);
  await ben.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'eq.2.gain' }, -9]), bass);
  await expect.poll(() => kept(ana.page, bass, 'eq.2.gain')).toBe(-9);
  await equalMixes(ana.page, ben.page);

  await ana.page.evaluate(() => window.mixingTable?.transport.seek(42));
  await ana.page.locator('body').press('c');
  await ana.page.getByRole('textbox', { name: /comment/i }).fill('From one instance to the other.');
  await ana.page.keyboard.press('Control+Enter');
  await expect(ben.page.getByText('From one instance to the other.').first()).toBeVisible();
});

test('both play on two instances: playheads within 10 ms', async () => {
  await playheadsAgree(ana, ben, 20);
});

test('while Redis hangs both write on, and within 5 s of its return they have the same mix', async () => {
  backing.redis.pause();
  await type(slider(ana.page, 'Bass', 'Fader'), '-12');
  await ben.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'pan' }, -30]), bass);
  for (const { page } of [ana, ben]) await page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  backing.redis.resume();
  await equalMixes(ana.page, ben.page);
  expect([await kept(ben.page, bass, 'fader'), await kept(ana.page, bass, 'pan')]).toEqual([-12, -30]);
});

test('the instance under a hand dies: the page goes on with another one, and nothing is lost', async () => {
  const hand = await grab(slider(ana.page, 'Bass', 'Fader'));
  await hand.move(-20);
  await cluster.instances[cluster.balancer.syncSockets[0] ?? 0]?.kill();
  await hand.move(-30);
  await hand.release();
  const wanted = await shown(ana.page, bass, 'fader');
  await inSession(ana);
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  await equalMixes(ana.page, ben.page);
  expect(await kept(ben.page, bass, 'fader')).toBe(wanted);

  // A program on yet another connection reads the same, and hears what comes.
  const cookie = (await ana.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const program = await join(cluster.url, sessionId, cookie);
  expect(fader(program.doc, bass)).toBe(wanted);
  await type(slider(ben.page, 'Bass', 'Fader'), '-3');
  await expect.poll(() => fader(program.doc, bass)).toBe(-3);
  program.close();
});

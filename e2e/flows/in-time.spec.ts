import { expect, test } from '@playwright/test';
import { type FarLine, farLine } from '../support/far-line';
import { laterThan, listenForOnsets, onset, silence } from '../support/onset';
import { arrive, inviteLink, joinBy, openDemo, ownServer, type Someone } from '../support/people';
import { songAgainstClock } from '../support/sound';

const SEED = Number(process.env.SEED ?? 20_261_130);
const server = ownServer();
let line: FarLine;
let ana: Someone;
let ben: Someone;

test.describe.configure({ mode: 'serial' });

/** Ben is far away: up to 60 ms more there, up to 20 ms more back, and his clock is not very good. */
test.beforeAll(async ({ browser }) => {
  line = await farLine(server().url, { out: 8, back: 8, outJitter: 60, backJitter: 20 }, SEED);
  ana = await arrive(browser, 'Ana', { bypassCSP: true });
  ben = await arrive(browser, 'Ben', { bypassCSP: true });
  await listenForOnsets(ana.context);
  await listenForOnsets(ben.context, 100e-6);
  await openDemo(ana, server());
  await joinBy(ben, (await inviteLink(ana, 'Mixer')).replace(server().url, line.url));
});
test.afterAll(() => line.close());

const press = (who: Someone, name: RegExp) => who.page.getByRole('button', { name }).first().click();

/** Both have sound, and what sounds at the place is there. */
async function readyAt(place: number): Promise<void> {
  await ana.page.evaluate((at) => window.mixingTable?.transport.seek(at), place);
  for (const { page } of [ana, ben])
    await page.waitForFunction((at) => {
      const { engine, transport } = window.mixingTable ?? {};
      return engine?.state.get().state === 'running' && transport?.position() === at && engine.player.ready.get();
    }, place);
}

test('over a line with delay and jitter both begin within 5 ms, whoever presses play', async () => {
  await press(ana, /^Play/);
  await press(ben, /^Join in/);
  for (const { page } of [ana, ben]) await page.waitForFunction(() => window.mixingTable?.engine.state.get().state === 'running');
  await press(ana, /Stop|Pause/);
  const apart: number[] = [];
  for (const who of [ana, ben, ana, ben]) {
    await readyAt(20);
    await silence([ana.page, ben.page]);
    const heard = Promise.all([onset(ana.page), onset(ben.page)]);
    await press(who, /^Play/);
    const [here, there] = await heard;
    apart.push(laterThan(here, there));
    await press(ana, /Stop|Pause/);
  }
  console.log(`seed ${SEED}: at four starts the far one was later by ${apart.map((ms) => ms.toFixed(2)).join(', ')} ms`);
  expect(Math.max(...apart.map(Math.abs)), `seed ${SEED}`).toBeLessThan(5);
});

test('who comes late is in time within a second of clicking', async () => {
  await readyAt(20);
  await ben.page.reload();
  await ben.page.waitForFunction(() => (window.mixingTable?.desk.mix.get().strips.size ?? 0) > 1);
  await press(ana, /^Play/);
  await ben.page.waitForFunction(() => (window.mixingTable?.transport.position() ?? 0) > 23);
  await press(ben, /^Join in/);
  const clicked = await ben.page.evaluate(() => performance.now());
  await ben.page.waitForFunction(() => (window.mixingTable?.engine.player.position() ?? 0) > 23);
  const [here, there] = await Promise.all([songAgainstClock(ana.page), songAgainstClock(ben.page)]);
  const after = (await ben.page.evaluate(() => performance.now())) - clicked;
  console.log(`in time to ${((there - here) * 1000).toFixed(2)} ms, known ${after.toFixed(0)} ms after the click`);
  expect(Math.abs(here - there)).toBeLessThan(0.01);
});

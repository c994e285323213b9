import { expect, test } from '@playwright/test';
import { equalMixes, grab, kept, shown, slider, stripId } from '../support/console';
import { arrive, inSession, inviteLink, joinBy, openDemo, ownServer } from '../support/people';
import { fader, join } from '../support/raw-socket';

const server = ownServer();

test('the server dies in the middle of a drag: nothing is lost and the pages come back by themselves', async ({ browser }) => {
  const ana = await arrive(browser, 'Ana');
  const ben = await arrive(browser, 'Ben');
  await openDemo(ana, server());
  await joinBy(ben, await inviteLink(ana, 'Mixer'));
  const bass = await stripId(ana.page, 'Bass');
  const lead = await stripId(ana.page, 'Lead');

  await ben.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, -9]), lead);
  await ben.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');

  const hand = await grab(slider(ana.page, 'Bass', 'Fader'));
  await hand.move(-30);
  await server().kill();
  await hand.move(-50);
  await hand.release();
  await expect(ana.page.getByText(/offline/i).first()).toBeVisible();
  const wanted = await shown(ana.page, bass, 'fader');
  expect(await kept(ana.page, bass, 'fader')).toBe(wanted);

  await server().start();
  for (const someone of [ana, ben]) await inSession(someone);
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  await equalMixes(ana.page, ben.page);

  const sessionId = ana.page.url().split('/').pop() ?? '';
  const cookie = (await ana.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const program = await join(server().url, sessionId, cookie);
  expect(fader(program.doc, lead)).toBe(-9);
  expect(fader(program.doc, bass)).toBe(wanted);
  program.close();
});

test('what was changed offline survives a reload of the page and arrives when the server is back', async ({ browser }) => {
  const ana = await arrive(browser, 'Ana');
  await openDemo(ana, server());
  const pad = await stripId(ana.page, 'Pad');
  const cookie = (await ana.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await server().kill();
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'offline');
  await ana.page.evaluate((id) => window.mixingTable?.desk.set([{ on: 'strip', id, parameter: 'fader' }, -11]), pad);
  const kept = () => ana.page.evaluate(() => window.mixingTable?.saved.get());
  await expect.poll(kept).toMatchObject({ state: 'offline', kept: 1 });
  const url = ana.page.url();
  await ana.page.goto('about:blank');
  await server().start();
  await ana.page.goto(url);
  await inSession(ana);
  const program = await join(server().url, url.split('/').pop() ?? '', cookie);
  await expect.poll(() => fader(program.doc, pad)).toBe(-11);
  program.close();
});

import { expect, test } from '@playwright/test';
import * as Y from 'yjs';
import { CLOSE } from '../../lib/protocol';
import { equalMixes, grab, kept, shown, slider, stripId } from '../support/console';
import { arrive, inSession, inviteLink, joinBy, openDemo, ownServer } from '../support/people';
import { fader, type Joined, join } from '../support/raw-socket';

// A tenth of it may be past: two thousand values in turn outgrow it.
const server = ownServer({ environment: { MAX_DOCUMENT_BYTES: '200000' } });

/** Writes two controls in turn, whose values a document never forgets, until the mix goes on in another one. */
async function outgrow({ doc, provider }: Joined): Promise<number> {
  const closed = new Promise<number>((resolve) => provider.once('connection-close', (event) => resolve(event?.code ?? 0)));
  const strip = doc.getMap<Y.Map<unknown>>('strips').get('room');
  for (let times = 0; times < 2; times++)
    doc.transact(() => {
      for (let n = 0; n < 2000; n++) strip?.set(n % 2 ? 'pan' : 'trim', (n % 40) + 0.5);
    });
  return closed;
}

test('the mix goes on in a new document while two drag and one is offline: nobody loses anything', async ({ browser }) => {
  const [ana, ben, cleo] = [await arrive(browser, 'Ana'), await arrive(browser, 'Ben'), await arrive(browser, 'Cleo')];
  await openDemo(ana, server());
  const link = await inviteLink(ana, 'Mixer');
  await joinBy(ben, link);
  await joinBy(cleo, link);
  const [bass, lead, pad, kick] = await Promise.all(['Bass', 'Lead', 'Pad', 'Kick'].map((name) => stripId(ana.page, name)));
  if (!bass || !lead || !pad || !kick) throw new Error('a strip is missing');
  const set = (page: typeof ana.page, id: string, value: number) =>
    page.evaluate(
      ([strip, to]) => void window.mixingTable?.desk.set([{ on: 'strip', id: strip as string, parameter: 'fader' }, to as number]),
      [id, value] as const,
    );
  await set(ana.page, kick, -2);
  await expect.poll(() => kept(cleo.page, kick, 'fader')).toBe(-2);

  const sessionId = ana.page.url().split('/').pop() ?? '';
  const cookie = (await ana.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const program = await join(server().url, sessionId, cookie);

  // Cleo's page goes offline, and something is done on it.
  await cleo.context.setOffline(true);
  await cleo.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'offline');
  await set(cleo.page, pad, -11);

  // What the save pill says, and how many are here, from now on.
  for (const { page } of [ana, ben])
    await page.evaluate(() => {
      const { saved, people } = window.mixingTable ?? {};
      const seen: string[] = [];
      Object.assign(window, { seen });
      saved?.subscribe(() => seen.push(saved.get().state));
      people?.here.subscribe(() => seen.push(`${people.here.get().filter(({ user }) => ['Ana', 'Ben'].includes(user.name)).length} here`));
    });
  const hands = [await grab(slider(ana.page, 'Bass', 'Fader')), await grab(slider(ben.page, 'Lead', 'Fader'))];
  for (const hand of hands) await hand.move(-20);
  const code = await outgrow(program);
  for (const hand of hands) await hand.move(-20);
  await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
  for (const hand of hands) await hand.move(-10);
  const wanted = [await shown(ana.page, bass, 'fader'), await shown(ben.page, lead, 'fader')];
  for (const hand of hands) await hand.release();
  expect(code).toBe(CLOSE.moved);

  for (const someone of [ana, ben]) await inSession(someone);
  await equalMixes(ana.page, ben.page);
  expect([await kept(ben.page, bass, 'fader'), await kept(ana.page, lead, 'fader')]).toEqual(wanted);
  for (const { page } of [ana, ben]) {
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen).not.toContain('offline');
    expect(seen).not.toContain('1 here');
  }

  await cleo.context.setOffline(false);
  await inSession(cleo);
  for (const { page } of [ana, ben]) await expect.poll(() => kept(page, pad, 'fader')).toBe(-11);
  await equalMixes(ana.page, cleo.page);

  // The program's document of before has none of the new one in it; a fresh one has all, and little of the past.
  expect(fader(program.doc, pad)).not.toBe(-11);
  program.close();
  const fresh = await join(server().url, sessionId, cookie);
  expect([fader(fresh.doc, pad), fader(fresh.doc, bass)]).toEqual([-11, wanted[0]]);
  expect(Y.encodeStateAsUpdate(fresh.doc).length).toBeLessThan(30_000);
  fresh.close();

  // Ana takes back what she did, the hand over the turn of documents and what was before it.
  for (let step = 0; step < 4 && (await kept(ben.page, kick, 'fader')) === -2; step++) {
    await ana.page.locator('body').press('z');
    await ana.page.waitForFunction(() => window.mixingTable?.saved.get().state === 'saved');
    await equalMixes(ana.page, ben.page);
  }
  expect(await kept(ben.page, kick, 'fader')).not.toBe(-2);
  expect(await kept(ben.page, lead, 'fader')).toBe(wanted[1]);
});

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { CLOSE, MESSAGE } from '../../protocol';
import { createStore, newId, Scope } from '../../std';
import { DocumentConnection } from './connection';
import { openKept } from './kept';
import { Service } from './service.fixture';

let scopes: Scope[] = [];

beforeEach(() => {
  scopes = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] });
});
afterEach(() => {
  for (const scope of scopes) scope.close();
  vi.useRealTimers();
});

/** Lets the browser's store and the line do what they have begun, and `ms` pass. */
async function pass(ms = 0): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function page(service: Service, session: string, store = true, random = 0.5) {
  const scope = new Scope();
  scopes.push(scope);
  const doc = new Y.Doc();
  const events = new EventTarget();
  const kept = store ? await openKept('ana', session) : null;
  if (kept) scope.add(() => kept.close());
  const hands: Uint8Array[] = [];
  const mayWrite = createStore(true);
  const connection = new DocumentConnection({
    url: 'ws://here/sync',
    session,
    doc,
    onMoved: () => {},
    kept,
    mayWrite,
    openSocket: service.open,
    page: events,
    random: () => random,
    onHand: (frame) => hands.push(frame),
    onCannotKeep: () => {},
    scope,
  });
  await connection.open();
  await pass();
  const mix = doc.getMap('mix');
  return { connection, mayWrite, doc, mix, events, scope, hands, state: () => connection.saved.get() };
}

describe('the connection of the shared mix', () => {
  it('is saved when the service has said so, not before', async () => {
    const service = new Service();
    const ana = await page(service, newId());
    expect(ana.state()).toEqual({ state: 'saved' });
    service.saves = false;
    ana.mix.set('fader', -6);
    ana.mix.set('fader', -7);
    expect(ana.state()).toEqual({ state: 'saving', kept: 2 });
    service.save(1);
    expect(ana.state()).toEqual({ state: 'saving', kept: 1 });
    service.save();
    expect(ana.state()).toEqual({ state: 'saved' });
    expect(service.doc.getMap('mix').get('fader')).toBe(-7);
  });

  it('keeps changes made offline, and sends them when the line is back', async () => {
    const service = new Service();
    const ana = await page(service, newId());
    service.die();
    ana.mix.set('a', 1);
    ana.mix.set('b', 2);
    expect(ana.state()).toEqual({ state: 'offline', kept: 2 });
    await pass(5000);
    expect(ana.state()).toEqual({ state: 'offline', kept: 2 });
    service.up = true;
    await pass(9000);
    expect(ana.state()).toEqual({ state: 'saved' });
    expect(service.doc.getMap('mix').toJSON()).toEqual({ a: 1, b: 2 });
  });

  it('brings again what a service took but died before it saved', async () => {
    const service = new Service();
    const ana = await page(service, newId());
    ana.mix.set('saved', 1);
    service.saves = false;
    ana.mix.set('lost', 2);
    expect(service.doc.getMap('mix').get('lost')).toBe(2);
    service.die();
    service.up = true;
    service.saves = true;
    await pass(9000);
    expect(service.doc.getMap('mix').toJSON()).toEqual({ saved: 1, lost: 2 });
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('a page that goes with unsaved changes comes back with them, on the mix as it was', async () => {
    const session = newId();
    const service = new Service({ 'of others': 5 });
    const before = await page(service, session);
    await pass(3000);
    service.die();
    before.mix.set('fader', -3);
    await pass();
    before.scope.close();

    const after = await page(service, session);
    expect(after.mix.toJSON()).toEqual({ 'of others': 5, fader: -3 });
    expect(after.connection.saved.get()).toEqual({ state: 'offline', kept: 1 });
    service.up = true;
    await pass(9000);
    expect(after.state()).toEqual({ state: 'saved' });
    expect(service.doc.getMap('mix').get('fader')).toBe(-3);

    await pass(3000);
    after.scope.close();
    service.up = false;
    const again = await page(service, session);
    expect(again.mix.toJSON()).toEqual({ 'of others': 5, fader: -3 });
    expect(again.state()).toMatchObject({ kept: 0 });
  });

  it('what one person keeps is not given to another, nor to another session', async () => {
    const session = newId();
    const service = new Service();
    service.up = false;
    const ana = await page(service, session);
    ana.mix.set('fader', -3);
    await pass(3000);
    const ben = await openKept('ben', session);
    expect(await ben.load()).toEqual({ mix: null, changes: [] });
    ben.close();
    const other = await page(service, newId());
    expect(other.mix.size).toBe(0);
  });

  it('works without a store', async () => {
    const service = new Service();
    const ana = await page(service, newId(), false);
    ana.mix.set('fader', 1);
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('a refused change ends the attempts, says so, and can be given up for a fresh start', async () => {
    const session = newId();
    const service = new Service();
    service.saves = false;
    const ana = await page(service, session);
    ana.mix.set('fader', 1);
    await pass();
    service.refuse(service.line, CLOSE.refused);
    expect(ana.state()).toMatchObject({ state: 'refused', retry: true, kept: 1 });
    const lines = service.lines.length;
    ana.events.dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(service.lines.length).toBe(lines);

    await ana.connection.giveUpKept();
    ana.mix.set('after', 1);
    await pass(5000);
    ana.scope.close();
    const again = await page(new Service(), session);
    expect(again.mix.size).toBe(0);
    expect(again.state()).toEqual({ state: 'saved' });
  });

  it.each([CLOSE.unauthenticated, CLOSE.forbidden, CLOSE.notFound, CLOSE.tooLarge, CLOSE.tooFast, CLOSE.malformed])(
    'is not tried again after %i',
    async (code) => {
      const service = new Service();
      const ana = await page(service, newId());
      service.line.end(code);
      await pass(60_000);
      expect(service.lines.length).toBe(1);
      expect(ana.state().state).toBe('refused');
    },
  );

  it('says that changes were left out when the role was taken meanwhile, and that they are saved when it is given back', async () => {
    const service = new Service();
    service.saves = false;
    const ana = await page(service, newId());
    ana.mix.set('fader', 1);
    ana.mayWrite.set(false);
    expect(ana.state()).toMatchObject({ state: 'refused', retry: true, kept: 1 });
    await pass(60_000);
    expect(service.lines.length).toBe(1);
    service.saves = true;
    ana.mayWrite.set(true);
    expect(ana.state()).toEqual({ state: 'saving', kept: 1 });
    await pass(30_000);
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('comes back by itself after 1012 and 1013', async () => {
    const service = new Service();
    const ana = await page(service, newId());
    for (const code of [CLOSE.restarting, CLOSE.overloaded]) {
      service.line.end(code);
      expect(ana.state()).toEqual({ state: 'offline', kept: 0 });
      await pass(9000);
      expect(ana.state()).toEqual({ state: 'saved' });
    }
  });

  it('rule 12: waits longer each time, and each page another while', async () => {
    const waits = async (random: number) => {
      const service = new Service();
      const ana = await page(service, newId(), false, random);
      service.die();
      const tries: number[] = [];
      let [last, lines] = [performance.now(), service.lines.length];
      while (tries.length < 8) {
        await vi.advanceTimersByTimeAsync(10);
        if (service.lines.length === lines) continue;
        tries.push(performance.now() - last);
        [last, lines] = [performance.now(), service.lines.length];
      }
      ana.scope.close();
      return tries;
    };
    const [short, long] = [await waits(0), await waits(1)];
    expect(long).toEqual([200, 400, 800, 1600, 3200, 6400, 8000, 8000]);
    expect(short).toEqual(long.map((wait) => wait / 2));
  });

  it('rule 12: after thirty tries in vain half a minute is soon enough, and the first that succeeds brings everything', async () => {
    const service = new Service();
    const ana = await page(service, newId(), false, 1);
    service.die();
    while (service.lines.length < 33) await vi.advanceTimersByTimeAsync(1000);
    const before = service.lines.length;
    await vi.advanceTimersByTimeAsync(29_000);
    expect(service.lines.length - before).toBeLessThan(2);
    service.up = true;
    await pass(31_000);
    expect(ana.state()).toEqual({ state: 'saved' });
    ana.scope.close();
  });

  it('knows at once that the network is gone, and comes back with it', async () => {
    const service = new Service();
    const ana = await page(service, newId());
    service.up = false;
    ana.events.dispatchEvent(new Event('offline'));
    expect(ana.state()).toEqual({ state: 'offline', kept: 0 });
    await pass(60_000);
    service.up = true;
    ana.events.dispatchEvent(new Event('online'));
    await pass();
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('gives up a line that acknowledges nothing any more', async () => {
    const service = new Service();
    service.saves = false;
    const ana = await page(service, newId());
    ana.mix.set('fader', 1);
    service.saves = true;
    await pass(20_000);
    expect(service.lines.length).toBeGreaterThan(1);
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('tells the service of nobody but itself', async () => {
    const service = new Service();
    const ana = await page(service, newId());
    const ben = new Awareness(new Y.Doc());
    ben.setLocalState({ selected: 'snare' });
    const count = () => service.line.received.filter((frame) => frame[0] === MESSAGE.awareness).length;
    const before = count();
    applyAwarenessUpdate(ana.connection.awareness, encodeAwarenessUpdate(ben, [ben.clientID]), 'line');
    expect(count()).toBe(before);
    ana.connection.awareness.setLocalStateField('selected', 'kick');
    expect(count()).toBe(before + 1);
    ben.destroy();
  });
});

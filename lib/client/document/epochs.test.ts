import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { epochOf, MixDocument } from '../../doc';
import { type StripId, setValue } from '../../mix';
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

async function pass(ms = 0): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A page of one person with a mix on it. */
async function page(service: Service, session = newId(), mayWrite = createStore(true)) {
  const scope = new Scope();
  scopes.push(scope);
  const kept = await openKept('ana', session);
  scope.add(() => kept.close());
  const doc = new Y.Doc();
  const document = new MixDocument(doc);
  scope.add(() => document.close());
  const states: string[] = [];
  const connection = new DocumentConnection({
    url: 'ws://here/sync',
    session,
    doc,
    onMoved: (next) => document.moveTo(next),
    kept,
    mayWrite,
    openSocket: service.open,
    page: new EventTarget(),
    random: () => 0.5,
    onHand: () => {},
    onCannotKeep: () => {},
    scope,
  });
  scope.add(connection.saved.subscribe(() => states.push(connection.saved.get().state)));
  await connection.open();
  await pass();
  return {
    document,
    connection,
    states,
    scope,
    state: () => connection.saved.get(),
    set: (value: number, strip = 'room', hand: object | null = null) =>
      document.apply(setValue(document.mix.get(), { on: 'strip', id: strip as StripId, parameter: 'fader' }, value), 'gesture', hand),
    fader: (strip = 'room') => document.mix.get().strips.get(strip as StripId)?.values['fader'],
  };
}

const faderAt = (service: Service, strip = 'room') => service.doc.getMap<Y.Map<unknown>>('strips').get(strip)?.get('fader');
const epochAt = (service: Service) => epochOf(service.doc.store.clients.keys());

describe('a mix that goes on in a new document', () => {
  it('30 the page goes on in it, shows the same mix all along, and is in step again', async () => {
    const service = new Service().begin();
    const ana = await page(service);
    ana.set(-6);
    const before = ana.document.mix.get();
    const seen: unknown[] = [];
    ana.document.mix.subscribe(() => seen.push(ana.document.mix.get()));
    ana.states.length = 0;
    service.turn();
    await pass(1000);
    expect([epochAt(service), faderAt(service)]).toEqual([1, -6]);
    expect(ana.state()).toEqual({ state: 'saved' });
    expect(ana.states).not.toContain('offline');
    // Not one record is another one: nothing moves on the screen.
    expect(ana.document.mix.get()).toBe(before);
    expect(seen).toEqual([]);
    ana.set(-7);
    expect(faderAt(service)).toBe(-7);
  });

  it('30 others who are here stay here', async () => {
    const service = new Service().begin();
    const ana = await page(service);
    const { awareness } = ana.connection;
    awareness.setLocalStateField('selected', 'room');
    awareness.states.set(7, { selected: 'delay' });
    awareness.meta.set(7, { clock: 1, lastUpdated: Date.now() });
    const gone: number[] = [];
    awareness.on('change', ({ removed }: { removed: number[] }) => gone.push(...removed));
    service.turn();
    await pass(1000);
    expect(gone).toEqual([]);
    expect(awareness.clientID).toBe(ana.connection.awareness.clientID);
    expect(awareness.getLocalState()).toMatchObject({ selected: 'room' });
  });

  it('31 what was not saved is made again in it, also what is done while it is on its way', async () => {
    const service = new Service().begin();
    const ana = await page(service);
    service.saves = false;
    ana.set(-6);
    service.turn();
    ana.set(-9, 'delay');
    expect(ana.state()).toEqual({ state: 'saving', kept: 2 });
    expect([ana.fader(), ana.fader('delay')]).toEqual([-6, -9]);
    service.saves = true;
    await pass(1000);
    expect([faderAt(service), faderAt(service, 'delay')]).toEqual([-6, -9]);
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('31 hours offline: what was done meanwhile comes into whatever document there is', async () => {
    const service = new Service().begin();
    const session = newId();
    const ana = await page(service, session);
    await pass(3000);
    service.die();
    ana.set(-3);
    ana.document.apply([{ do: 'put', map: 'strips', id: 'kick', fields: { kind: 'stem', name: 'Kick' } }]);
    ana.document.apply([{ do: 'remove', map: 'strips', id: 'delay' }]);
    await pass(3000);
    ana.scope.close();
    for (let epoch = 0; epoch < 3; epoch++) service.turn();
    service.up = true;
    const again = await page(service, session);
    await pass(10_000);
    expect(epochAt(service)).toBe(3);
    expect([...service.doc.getMap('strips').keys()].sort()).toEqual(['kick', 'master', 'room']);
    expect(faderAt(service)).toBe(-3);
    expect(again.state()).toEqual({ state: 'saved' });
    await pass(3000);
    again.scope.close();
    const kept = await openKept('ana', session);
    expect((await kept.load()).changes).toEqual([]);
    kept.close();
  });

  it('31 a value for what somebody has removed makes no ghost', async () => {
    const service = new Service().begin();
    const ana = await page(service);
    const ben = await page(service);
    service.saves = false;
    ana.set(-3, 'delay');
    service.saves = true;
    ben.document.apply([{ do: 'remove', map: 'strips', id: 'delay' }]);
    service.turn();
    await pass(3000);
    expect(service.doc.getMap('strips').has('delay')).toBe(false);
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('32 a page that goes while the new document comes loses nothing, and two pages of one browser do not mix documents', async () => {
    const service = new Service().begin();
    const session = newId();
    const [one, other] = [await page(service, session), await page(service, session)];
    await pass(3000);
    service.saves = false;
    one.set(-3);
    other.set(-4, 'delay');
    await pass();
    service.turn();
    service.up = false;
    await pass(3000);
    one.scope.close();
    service.up = true;
    service.saves = true;
    const again = await page(service, session);
    await pass(10_000);
    expect([faderAt(service), faderAt(service, 'delay')]).toEqual([-3, -4]);
    expect([again.state(), other.state()]).toEqual([{ state: 'saved' }, { state: 'saved' }]);
    expect(service.doc.store.pendingStructs).toBeNull();
  });

  it('31 who may no longer write sees the new document, and is told what was left out', async () => {
    const service = new Service().begin();
    const mayWrite = createStore(true);
    const ana = await page(service, newId(), mayWrite);
    service.saves = false;
    ana.set(-3);
    mayWrite.set(false);
    service.turn();
    await pass(1000);
    expect(ana.state()).toMatchObject({ state: 'refused', kept: 1 });
    expect(ana.fader()).toBeUndefined();
    service.saves = true;
    mayWrite.set(true);
    expect(ana.fader()).toBe(-3);
    await pass(1000);
    expect(ana.state()).toEqual({ state: 'saved' });
  });

  it('33 what I did before can be taken back, and made again, over it', async () => {
    const service = new Service().begin();
    const ana = await page(service);
    ana.set(-6);
    ana.set(-3, 'delay');
    service.turn();
    await pass(1000);
    ana.set(-9);
    ana.document.undo();
    ana.document.undo();
    ana.document.undo();
    expect([ana.fader(), ana.fader('delay'), ana.document.canUndo.get()]).toEqual([undefined, undefined, false]);
    for (let n = 0; n < 3; n++) ana.document.redo();
    expect([ana.fader(), ana.fader('delay'), ana.document.canRedo.get()]).toEqual([-9, -3, false]);
    expect([faderAt(service), faderAt(service, 'delay')]).toEqual([-9, -3]);
  });

  it('whatever dies, turns or is reloaded in whatever order, no change is lost and documents stay whole', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), page: fc.nat(1) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4000 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
      fc.record({ do: fc.constantFrom('die' as const, 'revive' as const, 'stop saving' as const, 'save' as const) }),
      fc.record({ do: fc.constant('reload' as const), page: fc.nat(1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const service = new Service().begin();
        const session = newId();
        const pages = [await page(service, session), await page(service, session)];
        const made: string[] = [];
        for (const one of steps) {
          const at = 'page' in one ? one.page : 0;
          if (one.do === 'change') {
            made.push(`c${made.length}`);
            pages[at]?.document.apply([{ do: 'put', map: 'markers', id: made.at(-1) ?? '', fields: { at: made.length } }]);
          } else if (one.do === 'wait') await pass(one.ms);
          else if (one.do === 'turn') service.turn();
          else if (one.do === 'die') service.die();
          else if (one.do === 'revive') service.up = true;
          else if (one.do === 'reload') {
            // What was made in the very last moment is on its way into the browser's store.
            await pass();
            pages[at]?.scope.close();
            pages[at] = await page(service, session);
          } else service.saves = one.do === 'save';
        }
        service.up = true;
        service.saves = true;
        service.save();
        await pass(60_000);
        expect([...service.doc.getMap('markers').keys()].sort()).toEqual(made.sort());
        for (const one of pages) {
          expect(one.state()).toEqual({ state: 'saved' });
          one.scope.close();
        }
        expect(service.doc.store.pendingStructs).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});

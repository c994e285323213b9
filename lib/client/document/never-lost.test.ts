import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createStore, newId, Scope } from '../../std';
import { DocumentConnection } from './connection';
import { openKept } from './kept';
import { Service } from './service.fixture';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms = 0): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A page of one person, which can be closed and opened again on the same browser. */
class Page {
  private scope = new Scope();
  private doc = new Y.Doc();
  private connection: DocumentConnection | null = null;

  constructor(
    private readonly service: Service,
    private readonly session: string,
  ) {}

  async open(): Promise<void> {
    this.scope = new Scope();
    this.doc = new Y.Doc();
    const kept = await openKept('ana', this.session);
    this.scope.add(() => kept.close());
    this.connection = new DocumentConnection({
      url: 'ws://here/sync',
      session: this.session,
      doc: this.doc,
      onMoved: () => {},
      kept,
      mayWrite: createStore(true),
      openSocket: this.service.open,
      page: new EventTarget(),
      random: () => 0.5,
      onHand: () => {},
      onCannotKeep: () => {},
      scope: this.scope,
    });
    await this.connection.open();
  }

  set(key: string): void {
    this.doc.getMap('mix').set(key, true);
  }

  get state() {
    return this.connection?.saved.get();
  }

  close(): void {
    this.scope.close();
  }
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), page: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 6000 }) }) },
  fc.record({ do: fc.constantFrom('die' as const, 'revive' as const, 'stop saving' as const, 'save' as const) }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('save some' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  fc.record({ do: fc.constant('reload' as const), page: fc.nat(1) }),
);

it('whatever dies or is reloaded in whatever order, no change is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const service = new Service();
      const session = newId();
      // Two pages of one person in one browser share what is kept.
      const pages = [new Page(service, session), new Page(service, session)] as const;
      const made: string[] = [];
      try {
        for (const page of pages) await page.open();
        await pass();
        for (const one of steps) {
          if (one.do === 'change') {
            made.push(`c${made.length}`);
            pages[one.page === 0 ? 0 : 1].set(made.at(-1) ?? '');
          } else if (one.do === 'wait') await pass(one.ms);
          else if (one.do === 'reload') {
            const page = pages[one.page === 0 ? 0 : 1];
            // What was made in the very last moment is on its way into the browser's store.
            await pass();
            page.close();
            await page.open();
            await pass();
          } else if (one.do === 'die') service.die();
          else if (one.do === 'revive') service.up = true;
          else if (one.do === 'save some') service.save(one.count);
          else service.saves = one.do === 'save';
        }
        service.up = true;
        service.saves = true;
        service.save();
        await pass(60_000);
        expect(Object.keys(service.doc.getMap('mix').toJSON()).sort()).toEqual(made.sort());
        for (const page of pages) expect(page.state).toEqual({ state: 'saved' });
      } finally {
        for (const page of pages) page.close();
      }
    }),
    { numRuns: 40 },
  );
});

import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId, Scope } from '../../std';
import { Keeper } from './keeper';
import { type Kept, openKept } from './kept';

async function keeping(change: (kept: Kept) => Partial<Kept>) {
  const kept = await openKept('ana', newId());
  const doc = new Y.Doc();
  const told: string[] = [];
  const events = { changed: () => {}, cannotKeep: () => told.push('cannot keep') };
  const keeper = new Keeper(doc, { ...kept, ...change(kept) }, () => false, events, new Scope());
  return { kept, doc, keeper, told };
}

it('what was given up is not kept again by a settling that was under way', async () => {
  let keepAtLast: (key: number) => void = () => {};
  const slow = new Promise<number>((resolve) => {
    keepAtLast = resolve;
  });
  const { kept, doc, keeper } = await keeping(() => ({ keep: () => slow }));
  keeper.connected();
  doc.getMap('mix').set('refused', true);
  keeper.sendsDifference();
  keeper.saved(1);
  const settling = keeper.settle();
  await keeper.forget();
  keepAtLast(1);
  await settling;
  expect((await kept.load()).mix).toBeNull();
});

it('a store that cannot be read stops nobody from working, and says so', async () => {
  const { keeper, told } = await keeping(() => ({ load: () => Promise.reject(new Error('the disk is broken')) }));
  await keeper.restore();
  expect(told).toEqual(['cannot keep']);
});

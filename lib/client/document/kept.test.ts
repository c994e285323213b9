import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { newId } from '../../std';
import { countKept, openKept } from './kept';

const DAY = 24 * 3_600_000;
const MIX = Uint8Array.of(1, 2, 3);

/** Leaves the mix of a session in the store, last seen on a day, with so many changes the service may lack. */
async function leave(session: string, day: number, changes = 0): Promise<void> {
  const kept = await openKept('ana', session, () => day * DAY);
  await kept.settle(MIX, [], null);
  for (let change = 0; change < changes; change++) await kept.keep({ update: Uint8Array.of(change), epoch: null, changes: [] });
  kept.close();
}

async function prune(session: string, day: number): Promise<void> {
  const kept = await openKept('ana', session, () => day * DAY);
  await kept.prune();
  kept.close();
}

async function has(session: string): Promise<boolean> {
  const kept = await openKept('ana', session);
  const { mix } = await kept.load();
  kept.close();
  return mix !== null;
}

it('a mix that was not opened for 90 days goes; one with unsent changes, and the open one, stay', async () => {
  const [old, unsent, young, open] = [newId(), newId(), newId(), newId()];
  await leave(old, 1000);
  await leave(unsent, 1000, 2);
  await leave(young, 1060);
  await leave(open, 1000);
  await prune(open, 1091);
  expect(await Promise.all([old, unsent, young, open].map(has))).toEqual([false, true, true, true]);
  expect((await (await openKept('ana', unsent)).load()).changes).toHaveLength(2);
});

it('the last 50 mixes stay, and all with unsent changes', async () => {
  const many = Array.from({ length: 60 }, () => newId());
  for (const [index, session] of many.entries()) await leave(session, 2000 + index / 100, index < 3 ? 1 : 0);
  await prune(newId(), 2001);
  const left = await Promise.all(many.map(has));
  expect(left.filter(Boolean)).toHaveLength(53);
  expect(left.slice(0, 3)).toEqual([true, true, true]);
  expect(left.slice(3, 10)).not.toContain(true);
});

it('tells how many unsent changes of a session are here', async () => {
  const session = newId();
  await leave(session, 3000, 3);
  expect(await countKept(session)).toBe(3);
  expect(await countKept(newId())).toBe(0);
});

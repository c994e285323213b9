import { describe, expect, it } from 'vitest';
import { Collection } from './collection';

interface Item {
  readonly id: string;
  readonly at: number;
}
const collection = () =>
  new Collection<Item>(
    (item) => item.id,
    (a, b) => a.at - b.at,
  );
const ids = (list: Collection<Item>) =>
  list.list
    .get()
    .map((item) => `${item.id}${item.at}`)
    .join(' ');

describe('a list with live changes', () => {
  it('is in order, each id once', async () => {
    const list = collection();
    await list.load(async () => [
      { id: 'b', at: 2 },
      { id: 'a', at: 1 },
    ]);
    list.put({ id: 'a', at: 3 });
    expect(ids(list)).toBe('b2 a3');
    list.gone('b');
    list.change('a', (item) => ({ ...item, at: 9 }));
    expect(ids(list)).toBe('a9');
  });

  it('keeps a change that came while an older answer was on its way', async () => {
    const list = collection();
    let answer: (items: readonly Item[]) => void = () => {};
    const loading = list.load(() => new Promise((resolve) => (answer = resolve)));
    list.put({ id: 'a', at: 5 });
    list.gone('b');
    answer([
      { id: 'a', at: 1 },
      { id: 'b', at: 2 },
    ]);
    await loading;
    expect(ids(list)).toBe('a5');
  });

  it('stays as it was when fetching fails', async () => {
    const list = collection();
    list.put({ id: 'a', at: 1 });
    await expect(list.load(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(ids(list)).toBe('a1');
  });
});

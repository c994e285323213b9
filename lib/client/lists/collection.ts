import { createStore, type ReadableStore } from '../../std';

/**
 * A list that is fetched whole and then told of changes. Changes that come while it is being fetched are not lost: they
 * are laid over what was fetched, for the answer may be older than they are.
 */
export class Collection<Item> {
  private readonly items = createStore<readonly Item[]>([]);
  readonly list: ReadableStore<readonly Item[]> = this.items;
  private since: (() => void)[] = [];
  private fetches = 0;

  constructor(
    private readonly idOf: (item: Item) => string,
    private readonly order: (a: Item, b: Item) => number,
  ) {}

  /** Replaces all by what `fetch` brings. Rejects as it does, with the list as it was. */
  async load(fetch: () => Promise<readonly Item[]>): Promise<void> {
    this.fetches++;
    try {
      const items = await fetch();
      this.items.set([...items].sort(this.order));
      for (const again of this.since) again();
    } finally {
      this.fetches--;
      if (this.fetches === 0) this.since = [];
    }
  }

  put(item: Item): void {
    this.apply(() => {
      const id = this.idOf(item);
      this.items.set([...this.items.get().filter((other) => this.idOf(other) !== id), item].sort(this.order));
    });
  }

  /** Removes the item with this id, where there is one. */
  gone(id: string): void {
    this.apply(() => {
      const left = this.items.get().filter((item) => this.idOf(item) !== id);
      if (left.length !== this.items.get().length) this.items.set(left);
    });
  }

  /** Changes the item with this id, where there is one. */
  change(id: string, change: (item: Item) => Item): void {
    const item = this.items.get().find((other) => this.idOf(other) === id);
    if (item) this.put(change(item));
  }

  private apply(run: () => void): void {
    run();
    if (this.fetches > 0) this.since.push(run);
  }
}

import type { ReadableStore } from '../../std';
import type { Person } from '../types';
import type { RemoteHands } from './remote-hands';

/** Whose hand is on which control, of the people who are here. */
export class Holders {
  private known: ReadonlySet<number> = new Set();

  constructor(
    private readonly here: ReadableStore<readonly Person[]>,
    private readonly remote: RemoteHands,
  ) {}

  of(key: string): Person | null {
    const holder = this.remote.holder(key);
    return holder === null ? null : this.person(holder);
  }

  /** Why none of these controls can be taken now, as a sentence; null where all can. */
  refusal(keys: readonly string[]): string | null {
    const holder = keys.map((key) => this.remote.holder(key)).find((client) => client !== null);
    if (holder === undefined) return null;
    return `${this.person(holder)?.user.name ?? 'Somebody else'} has a hand on this. It is yours as soon as it is let go.`;
  }

  /** The hands of those who have left are off. */
  peopleChanged(): void {
    const here = new Set(this.here.get().map((person) => person.client));
    for (const client of this.known) if (!here.has(client)) this.remote.left(client);
    this.known = here;
  }

  private person(client: number): Person | null {
    return this.here.get().find((one) => one.client === client) ?? null;
  }
}

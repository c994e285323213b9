import { type Change, type Difference, leads, type Mix, rowThen, targetKey, targetOfDifference } from '../../mix';
import type { Away, HistoryEvent } from '../../protocol';
import { createStore, type ReadableStore } from '../../std';
import type { Api } from '../api/api';
import type { History, HistoryFilter } from '../types';

interface HistoryParts {
  readonly api: Api;
  readonly session: string;
  readonly mix: ReadableStore<Mix>;
  /** Lets me alone hear changes over the mix until the result is called. */
  readonly hold: (changes: readonly Change[]) => () => void;
}

/** What was done to the mix, the newest first; fetched only while somebody looks at it. */
export class SessionHistory implements History {
  private readonly listed = createStore<readonly HistoryEvent[] | null>(null);
  readonly list: ReadableStore<readonly HistoryEvent[] | null> = this.listed;
  private readonly nextStore = createStore<string | null>(null);
  readonly next: ReadableStore<string | null> = this.nextStore;
  private readonly filterStore = createStore<HistoryFilter>({ user: null, strip: null, since: null });
  readonly filter: ReadableStore<HistoryFilter> = this.filterStore;
  private readonly awayStore = createStore<Away | null>(null);
  readonly away: ReadableStore<Away | null> = this.awayStore;
  private watchers = 0;
  private fetching = false;
  private stale = false;

  constructor(private readonly parts: HistoryParts) {}

  /** What others did while I was away; asked once, when the session opens. */
  async loadAway(): Promise<void> {
    const away = await this.parts.api.away(this.parts.session);
    if (away.events > 0) this.awayStore.set(away);
  }

  dismissAway(): void {
    this.awayStore.set(null);
  }

  watch(): () => void {
    this.watchers++;
    this.refresh();
    return () => {
      this.watchers--;
    };
  }

  /** Something has been done, or may have been. */
  refresh(): void {
    if (this.watchers === 0) return;
    this.stale = true;
    if (!this.fetching) void this.fetchNewest();
  }

  setFilter(filter: HistoryFilter): void {
    this.filterStore.set(filter);
    this.listed.set(null);
    this.nextStore.set(null);
    this.refresh();
  }

  async older(): Promise<void> {
    const before = this.nextStore.get();
    if (before === null) return;
    const filter = this.filterStore.get();
    const page = await this.parts.api.history(this.parts.session, { ...asked(filter), before });
    if (this.filterStore.get() !== filter) return;
    this.listed.set([...(this.listed.get() ?? []), ...page.events]);
    this.nextStore.set(page.next);
  }

  async takeBack(id: string, force: boolean): Promise<void> {
    await this.parts.api.takeBack(this.parts.session, id, force);
    this.refresh();
  }

  canAudition(event: HistoryEvent): boolean {
    return this.heard(event, 'before').length > 0;
  }

  audition(event: HistoryEvent, moment: 'before' | 'after'): () => void {
    return this.parts.hold(this.heard(event, moment));
  }

  /** The controls of a gesture as they were; a lane that leads one now is left aside. */
  private heard(event: HistoryEvent, moment: 'before' | 'after'): Change[] {
    const { automation } = this.parts.mix.get();
    return event.differences.flatMap((one: Difference): Change[] => {
      const target = targetOfDifference(one);
      if (one.did !== 'set' || !target || !rowThen(event, target)) return [];
      const { map, id, field } = one;
      const value: Change = { do: 'put', map, id, fields: { [field]: moment === 'before' ? one.from : one.to } };
      const lane = targetKey(target);
      const aside: Change = { do: 'put', map: 'automation', id: lane, fields: { read: false } };
      return leads(automation.get(lane)) ? [value, aside] : [value];
    });
  }

  private async fetchNewest(): Promise<void> {
    this.fetching = true;
    try {
      while (this.stale && this.watchers > 0) {
        this.stale = false;
        const filter = this.filterStore.get();
        const page = await this.parts.api.history(this.parts.session, asked(filter));
        if (this.filterStore.get() !== filter) this.stale = true;
        else this.lay(page.events, page.next);
      }
    } catch {
      // What could not be fetched is asked for with the next notice, or when the line is back.
    } finally {
      this.fetching = false;
    }
  }

  /** Lays the newest page over what is listed. */
  private lay(events: readonly HistoryEvent[], next: string | null): void {
    const known = this.listed.get() ?? [];
    const fresh = new Set(events.map(({ id }) => id));
    const older = known.filter(({ id }) => !fresh.has(id));
    const joined = older.length < known.length && next !== null;
    if (!joined) {
      this.listed.set(events);
      this.nextStore.set(next);
      return;
    }
    const undone = new Set(events.flatMap(({ reverts, takenBack }) => (reverts === null || takenBack ? [] : [reverts])));
    this.listed.set([...events, ...older.map((event) => (undone.has(event.id) ? { ...event, takenBack: true } : event))]);
  }
}

const asked = ({ user, strip, since }: HistoryFilter) => ({
  ...(user === null ? {} : { user }),
  ...(strip === null ? {} : { strip }),
  ...(since === null ? {} : { since }),
});

import { compareMixes, type Records, recallChanges, type StripComparison, type StripId } from '../../mix';
import type { Snapshot, SnapshotEvent } from '../../protocol';
import { err, type ReadableStore, type Result } from '../../std';
import type { Api } from '../api/api';
import { Collection } from '../lists/collection';
import type { Alternative, Audition, Desk, SaveState, Versions } from '../types';
import { recordsOf } from './records';

export interface VersionsParts {
  readonly api: Api;
  readonly session: string;
  readonly desk: Pick<Desk, 'apply'>;
  readonly audition: Pick<Audition, 'others' | 'heard' | 'compare' | 'hear'>;
  /** The mix's records as this page has them now. */
  readonly records: () => Records;
  readonly saved: ReadableStore<SaveState>;
}

const UNSAVED = 'Some changes have not reached the server yet, so the version would lack them. Wait until it says saved, and try again.';
/** So many versions can be heard beside the mix. */
const MOST_COMPARED = 4;
const ALREADY = 'The mix is already as it was in this version. Nothing was changed.';

/** Kept states of the mix, the newest first. */
export class SessionVersions implements Versions {
  private readonly snapshots = new Collection<Snapshot>(
    ({ id }) => id,
    (a, b) => b.at - a.at,
  );
  readonly list = this.snapshots.list;

  /** What versions hold, which never changes. */
  private readonly contents = new Map<string, Promise<Records>>();

  constructor(private readonly parts: VersionsParts) {}

  load(): Promise<void> {
    return this.snapshots.load(() => this.parts.api.snapshots(this.parts.session));
  }

  take(event: SnapshotEvent): void {
    if (event.what === 'put') this.snapshots.put(event.snapshot);
    else this.snapshots.gone(event.id);
  }

  async save(name: string, note = ''): Promise<Snapshot> {
    const { api, session, saved } = this.parts;
    if (saved.get().state !== 'saved') throw new Error(UNSAVED);
    const snapshot = await api.saveSnapshot(session, { name, note });
    this.snapshots.put(snapshot);
    return snapshot;
  }

  async change(id: string, change: { readonly name?: string; readonly note?: string }): Promise<void> {
    this.snapshots.put(await this.parts.api.changeSnapshot(this.parts.session, id, change));
  }

  async remove(id: string): Promise<void> {
    await this.parts.api.removeSnapshot(this.parts.session, id);
    this.snapshots.gone(id);
  }

  async recall(id: string, strips?: ReadonlySet<StripId>): Promise<Result<void, string>> {
    const { desk, records } = this.parts;
    const then = await this.content(id);
    const changes = recallChanges(records(), then, strips);
    return changes.length === 0 ? err(ALREADY) : desk.apply(changes);
  }

  async compare(ids: readonly string[]): Promise<void> {
    const names = new Map(this.list.get().map((version) => [version.id, version.name]));
    const known = ids.filter((id) => names.has(id)).slice(0, MOST_COMPARED);
    const others = await Promise.all(
      known.map(async (id): Promise<Alternative> => ({ id, name: names.get(id) ?? '', mix: { records: await this.content(id) } })),
    );
    this.parts.audition.compare(others);
  }

  async hear(id: string): Promise<void> {
    const { audition } = this.parts;
    const others = audition.others.get().map((other) => other.id);
    if (!others.includes(id)) await this.compare([...others.slice(-(MOST_COMPARED - 1)), id]);
    audition.hear(id);
  }

  async differences(from: string | null, to: string | null): Promise<readonly StripComparison[]> {
    const of = (id: string | null) => (id === null ? this.parts.records() : this.content(id));
    const [before, after] = await Promise.all([of(from), of(to)]);
    return compareMixes(before, after);
  }

  private content(id: string): Promise<Records> {
    const found = this.contents.get(id);
    if (found) return found;
    const { api, session } = this.parts;
    const content = api.snapshot(session, id).then(recordsOf);
    this.contents.set(id, content);
    content.catch(() => this.contents.delete(id));
    return content;
  }
}

import { type Records, recallChanges, type StripId } from '../../mix';
import type { Snapshot, SnapshotEvent } from '../../protocol';
import { err, type ReadableStore, type Result } from '../../std';
import type { Api } from '../api/api';
import { Collection } from '../lists/collection';
import type { Desk, SaveState, Versions } from '../types';
import { recordsOf } from './records';

export interface VersionsParts {
  readonly api: Api;
  readonly session: string;
  readonly desk: Pick<Desk, 'apply'>;
  /** The mix's records as this page has them now. */
  readonly records: () => Records;
  readonly saved: ReadableStore<SaveState>;
}

const UNSAVED = 'Some changes have not reached the server yet, so the version would lack them. Wait until it says saved, and try again.';
const ALREADY = 'The mix is already as it was in this version. Nothing was changed.';

/** Kept states of the mix, the newest first. */
export class SessionVersions implements Versions {
  private readonly snapshots = new Collection<Snapshot>(
    ({ id }) => id,
    (a, b) => b.at - a.at,
  );
  readonly list = this.snapshots.list;

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
    const { api, session, desk, records } = this.parts;
    const then = recordsOf(await api.snapshot(session, id));
    const changes = recallChanges(records(), then, strips);
    return changes.length === 0 ? err(ALREADY) : desk.apply(changes);
  }
}

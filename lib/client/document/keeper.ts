import * as Y from 'yjs';
import type { Scope } from '../../std';
import type { Kept } from './kept';
import { Tally } from './tally';

/** What is applied from this browser's own store; no change of the hand that sits here now. */
const KEPT = Symbol('kept by this browser');
const SETTLE_MS = 2000;

export interface KeeperEvents {
  /** The number of unsaved changes is another. */
  changed(): void;
  /** This browser could not keep a change: only the service can. */
  cannotKeep(): void;
}

/**
 * Keeps every change of the document that the service has not acknowledged, in memory and in the browser's store, until it
 * has. Rules 6 to 10 of SPEC.md.
 */
export class Keeper {
  private readonly tally = new Tally<Promise<number | null>>();
  private safe: Promise<number | null>[] = [];
  private settling = false;
  private givenUp = false;

  constructor(
    private readonly doc: Y.Doc,
    private readonly kept: Kept | null,
    private readonly isRemote: (origin: unknown) => boolean,
    private readonly events: KeeperEvents,
    private readonly scope: Scope,
  ) {
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      if (origin === KEPT) return;
      if (!this.isRemote(origin)) this.add(update);
      this.settleSoon();
    };
    doc.on('update', onUpdate);
    scope.add(() => doc.off('update', onUpdate));
  }

  /** How many changes only this browser holds. */
  get count(): number {
    return this.tally.kept;
  }

  /** Brings the document to where this browser left it, and its unsaved changes back into count. */
  async restore(): Promise<void> {
    try {
      const stored = await this.kept?.load();
      if (!stored) return;
      if (stored.mix) Y.applyUpdate(this.doc, stored.mix, KEPT);
      for (const change of stored.changes) {
        Y.applyUpdate(this.doc, change.update, KEPT);
        this.tally.add(Promise.resolve(change.key), change.update);
      }
    } catch {
      // What cannot be read stays where it is; the shared mix comes without it.
      this.events.cannotKeep();
    }
    this.events.changed();
  }

  connected(): void {
    this.tally.connected();
  }

  sendsUpdate(update: Uint8Array): void {
    this.tally.sendsUpdate(update);
  }

  sendsDifference(): void {
    this.tally.sendsDifference();
  }

  saved(frames: number): void {
    const done = this.tally.saved(frames);
    if (done.length === 0) return;
    this.safe.push(...done);
    this.events.changed();
    this.settleSoon();
  }

  /** Writes the mix as it is, and forgets what has become safe. */
  async settle(): Promise<void> {
    if (!this.kept || this.givenUp) return;
    const safe = this.safe;
    this.safe = [];
    try {
      const keys = (await Promise.all(safe)).filter((key) => key !== null);
      if (this.givenUp) return;
      await this.kept.settle(Y.encodeStateAsUpdate(this.doc), keys);
    } catch {
      // Kept twice is no harm: they go again with the next settling, and the service takes each change once.
      this.safe.push(...safe);
    }
  }

  /** Gives up all that only this browser holds. */
  async forget(): Promise<void> {
    // What is in the document may be what was refused: nothing of it is kept from here on.
    this.givenUp = true;
    this.tally.clear();
    await this.kept?.clear();
    this.events.changed();
  }

  private add(update: Uint8Array): void {
    // Not waited for: a change travels at once, and whichever comes first, the disk here or there, has it.
    const key =
      this.kept && !this.givenUp
        ? this.kept.keep(update).catch(() => {
            this.events.cannotKeep();
            return null;
          })
        : Promise.resolve(null);
    this.tally.add(key, update);
    this.events.changed();
  }

  private settleSoon(): void {
    if (!this.kept || this.settling) return;
    this.settling = true;
    this.scope.after(SETTLE_MS, () => {
      this.settling = false;
      void this.settle();
    });
  }
}

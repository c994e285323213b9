import * as Y from 'yjs';
import { DifferenceWatch, epochOf, transactChanges } from '../../doc';
import { type Change, changesOf } from '../../mix';
import type { Scope } from '../../std';
import type { Kept, KeptChange } from './kept';
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

/** A change that only this browser holds: where it is kept (null: nowhere), and what it does to the mix. */
interface Unsaved {
  readonly key: Promise<number | null>;
  readonly changes: readonly Change[];
}

/**
 * Keeps every change of one document that the service has not acknowledged, in memory and in the browser's store, until it
 * has. Rules 6 to 10 and 30 to 33 of SPEC.md.
 */
export class Keeper {
  private readonly tally = new Tally<Unsaved>();
  /** Made in another document, and not yet in this one. */
  private elsewhere: Unsaved[] = [];
  /** Kept without a mix beside it: whether it was made in this document shows when the shared mix comes. */
  private undecided: KeptChange[] = [];
  private safe: Promise<number | null>[] = [];
  private settling = false;
  private givenUp = false;
  private readonly watch: DifferenceWatch;

  constructor(
    readonly doc: Y.Doc,
    private readonly kept: Kept | null,
    private readonly isRemote: (origin: unknown) => boolean,
    private readonly events: KeeperEvents,
    private readonly scope: Scope,
  ) {
    this.watch = new DifferenceWatch(doc);
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      const differences = this.watch.take();
      if (origin === KEPT) return;
      if (!this.isRemote(origin)) this.add(update, changesOf(differences));
      this.settleSoon();
    };
    doc.on('update', onUpdate);
    scope.add(() => {
      doc.off('update', onUpdate);
      this.watch.close();
    });
  }

  /** How many changes only this browser holds. */
  get count(): number {
    return this.tally.kept + this.elsewhere.length + this.undecided.length;
  }

  /** Brings the document to where this browser left it, and its unsaved changes back into count. */
  async restore(): Promise<void> {
    try {
      const stored = await this.kept?.load();
      if (!stored) return;
      if (stored.mix) Y.applyUpdate(this.doc, stored.mix, KEPT);
      if (stored.mix) for (const change of stored.changes) this.sort(change, KEPT);
      else this.undecided = [...stored.changes];
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
    this.safe.push(...done.map(({ key }) => key));
    this.events.changed();
    this.settleSoon();
  }

  /** What only this browser holds of a document that this one takes the place of. It stays kept until it is kept with this one. */
  takeOver(before: Keeper): void {
    this.undecided.push(...before.undecided);
    this.elsewhere.push(...before.elsewhere, ...before.tally.items);
    this.safe.push(...before.safe);
  }

  /**
   * Makes what was made in other documents in this one, where the shared mix is now. `send` takes to the service, as they are, the
   * changes that turn out to be of this document; applied under `origin`, they are not sent by themselves.
   */
  replay(origin: unknown, send: (update: Uint8Array) => void): void {
    for (const change of this.undecided.splice(0)) if (this.sort(change, origin)) send(change.update);
    const { elsewhere } = this;
    if (elsewhere.length === 0) return;
    this.elsewhere = [];
    const before = this.tally.kept;
    for (const { changes } of elsewhere) makeAgain(this.doc, changes);
    // The ones of before are forgotten when these are kept.
    const again = Promise.all(this.tally.items.slice(before).map(({ key }) => key));
    this.safe.push(...elsewhere.map(({ key }) => again.then(() => key)));
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
      await this.kept.settle(Y.encodeStateAsUpdate(this.doc), keys, this.epoch);
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
    this.elsewhere = [];
    this.undecided = [];
    await this.kept?.clear();
    this.events.changed();
  }

  /** Puts a kept change into this document, where it was made in it; true when it was. */
  private sort({ key, update, epoch, changes }: KeptChange, origin: unknown): boolean {
    const unsaved = { key: Promise.resolve(key), changes };
    // A document that nobody began is from before there were others.
    const here = epoch === null || epoch === (this.epoch ?? 0);
    if (here) {
      this.tally.add(unsaved, update);
      Y.applyUpdate(this.doc, update, origin);
    } else this.elsewhere.push(unsaved);
    return here;
  }

  private get epoch(): number | null {
    return epochOf(this.doc.store.clients.keys());
  }

  private add(update: Uint8Array, changes: readonly Change[]): void {
    // Not waited for: a change travels at once, and whichever comes first, the disk here or there, has it.
    const key =
      this.kept && !this.givenUp
        ? this.kept.keep({ update, changes, epoch: this.epoch }).catch(() => {
            this.events.cannotKeep();
            return null;
          })
        : Promise.resolve(null);
    this.tally.add({ key, changes }, update);
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

/** A change as it was made here; what the layout no longer knows stays away. */
function makeAgain(doc: Y.Doc, changes: readonly Change[]): void {
  try {
    transactChanges(doc, changes, 'recall');
  } catch {
    // Kept by another version of the page.
  }
}

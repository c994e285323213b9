import * as Y from 'yjs';
import { DifferenceWatch, MAPS, RESERVED_CLIENTS, rawRecord } from '../../lib/doc';
import type { Difference, Look } from '../../lib/mix';
import { Counts } from './counts';
import { addsNothing, type DecodedUpdate, hasGap, Refusal } from './decoded-update';
import { checkGrowth, checkLayout, type Growth } from './layout-check';
import { FIXED } from './limits';

/** Who wrote what the server itself wrote: no user's id. */
export const SERVER = '';

/**
 * Decides what may enter a mix document. Holds a shadow of the document that is ahead of it by what was admitted and is not yet
 * on disk. An update is judged before it is applied there, for making the shadow of a heavy document again takes half a second.
 */
export class Gate {
  private shadow: Y.Doc;
  /** How much of each is in the shadow. */
  counts: Counts;
  private watch: DifferenceWatch;
  /** What the document has in bytes, or more: measuring a heavy one takes long. */
  private size: number;
  /** How often the whole document was measured. */
  measurements = 0;
  private measured: { readonly at: number; readonly size: number } | null = null;

  /** `owners`: whose each client id is. Takes over `doc`'s present content. `now` in milliseconds. */
  constructor(
    private readonly doc: Y.Doc,
    private readonly owners: Map<number, string>,
    private readonly documentBytes: number,
    private readonly now: () => number,
  ) {
    const state = Y.encodeStateAsUpdate(doc);
    this.shadow = shadowOf([state]);
    this.counts = new Counts(this.shadow);
    this.watch = new DifferenceWatch(this.shadow);
    this.size = state.length;
  }

  /** The document with all that was admitted. */
  get ahead(): Y.Doc {
    return this.shadow;
  }

  /** What the document with all that was admitted has in bytes, or more. */
  get bytes(): number {
    return this.size;
  }

  /** A record of the document with all that was admitted. */
  readonly look: Look = (map, id) => rawRecord(this.shadow, map, id);

  /** What has become different in it since the last time. */
  takeDifferences(): readonly Difference[] {
    return this.watch.take();
  }

  /**
   * Admits an update into the shadow. `nothing`: all of it was there already. Throws a `Refusal`, the shadow as before, for what
   * may not enter. `admitted` are the updates in flight, in order, from which the shadow can be made again.
   */
  admit(update: DecodedUpdate, userId: string, admitted: () => readonly Uint8Array[]): 'new' | 'nothing' {
    this.checkClaims(update, userId);
    if (addsNothing(this.shadow, update)) return 'nothing';
    const grown = seenThrough(() => checkLayout(this.shadow, update, this.counts));
    this.checkSize(update);
    const before = new Map(update.ranges.map(({ client }) => [client, Y.getState(this.shadow.store, client)]));
    try {
      Y.applyUpdate(this.shadow, update.bytes);
      this.checkShadow(grown);
    } catch (error) {
      this.rebuild(admitted());
      throw new Refusal(error instanceof Refusal ? error.message : 'The update cannot be applied.', true);
    }
    this.size += update.bytes.length;
    for (const { client, until } of update.ranges) if (until > (before.get(client) ?? 0)) this.owners.set(client, userId);
    return 'new';
  }

  /** Makes changes of the server's own in the shadow; the result is the update, or null when nothing changed. */
  write(change: (shadow: Y.Doc) => void): Uint8Array | null {
    const updates: Uint8Array[] = [];
    const listen = (update: Uint8Array) => updates.push(update);
    this.shadow.on('update', listen);
    try {
      this.shadow.transact(() => change(this.shadow), SERVER);
    } finally {
      this.shadow.off('update', listen);
    }
    this.owners.set(this.shadow.clientID, SERVER);
    for (const update of updates) this.size += update.length;
    return updates.length > 0 ? Y.mergeUpdates(updates) : null;
  }

  /** Takes over what another instance admitted and wrote: it is in the document already. */
  follow(change: Uint8Array): void {
    Y.applyUpdate(this.shadow, change);
    this.size += change.length;
  }

  /** Notes whose a client id is that another instance let in. */
  recognise(clientId: number | null, userId: string | null): void {
    if (clientId !== null && !this.owners.has(clientId)) this.owners.set(clientId, userId ?? SERVER);
  }

  /** Makes the shadow again from the document and what was admitted since. */
  rebuild(admitted: readonly Uint8Array[]): void {
    this.shadow.destroy();
    this.shadow = shadowOf([Y.encodeStateAsUpdate(this.doc), ...admitted]);
    this.counts = new Counts(this.shadow);
    this.watch = new DifferenceWatch(this.shadow);
  }

  destroy(): void {
    this.shadow.destroy();
  }

  /** What can be judged without applying: clocks, whose client ids, deletions within what exists. */
  private checkClaims(update: DecodedUpdate, userId: string): void {
    if (hasGap(this.shadow, update)) throw new Refusal('The update comes after one that never came.');
    const until = new Map<number, number>();
    for (const range of update.ranges) {
      until.set(range.client, range.until);
      const owner = range.client < RESERVED_CLIENTS ? SERVER : this.owners.get(range.client);
      const adds = range.until > Y.getState(this.shadow.store, range.client);
      if (adds && owner !== undefined && owner !== userId) throw new Refusal("The update uses somebody else's client id.");
    }
    for (const { client, clock, length } of update.deletions) {
      const end = Math.max(Y.getState(this.shadow.store, client), until.get(client) ?? 0);
      if (clock + length > end) throw new Refusal('The update deletes what does not exist.');
    }
  }

  /** What only shows once it is applied. */
  private checkShadow(grown: Growth): void {
    const { store, share } = this.shadow;
    if (store.pendingStructs || store.pendingDs) throw new Refusal('The update refers to something that never came.');
    if (share.size > MAPS.length) throw new Refusal('The update puts something where the mix has no place.');
    checkGrowth(this.counts, grown);
  }

  /** What only deletes may always: it makes room. */
  private checkSize({ bytes, ranges }: DecodedUpdate): void {
    if (ranges.length === 0 || this.size + bytes.length <= this.documentBytes) return;
    // Updates say more than what stays of them. Close to the limit that would have to be looked at with nearly every update.
    const justMeasured = this.measured !== null && this.now() - this.measured.at < FIXED.measureMs;
    if (!justMeasured || (this.measured?.size ?? 0) < this.documentBytes * FIXED.closeToLimit) {
      this.size = Y.encodeStateAsUpdate(this.shadow).length;
      this.measurements++;
      this.measured = { at: this.now(), size: this.size };
    }
    if (this.size + bytes.length > this.documentBytes) {
      throw new Refusal(`The mix would be larger than ${Math.round(this.documentBytes / 1024)} KB, the most a mix may be.`);
    }
  }
}

/** References so deep that the stack ends are a refusal like any other. */
function seenThrough<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('The update cannot be seen through.');
  }
}

function shadowOf(updates: readonly Uint8Array[]): Y.Doc {
  const shadow = new Y.Doc();
  for (const map of MAPS) shadow.getMap(map);
  for (const update of updates) Y.applyUpdate(shadow, update);
  return shadow;
}

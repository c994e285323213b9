import * as Y from 'yjs';
import { isField, isRecordId, isValue, MAPS, MOST, MOST_KEPT_POINTS } from '../../lib/doc';
import type { MapName } from '../../lib/mix';
import { addsNothing, type DecodedUpdate, hasGap, Refusal } from './decoded-update';

/** Who wrote what the server itself wrote: no user's id. */
export const SERVER = '';

/**
 * Decides what may enter a mix document. Holds a shadow of the document that is ahead of it by what was admitted and is not yet
 * on disk; what the layout does not know is found there, before anybody else sees it.
 */
export class Gate {
  private shadow: Y.Doc;
  private size: number;

  /** `owners`: whose each client id is. Takes over `doc`'s present content. */
  constructor(
    private readonly doc: Y.Doc,
    private readonly owners: Map<number, string>,
    private readonly documentBytes: number,
  ) {
    const state = Y.encodeStateAsUpdate(doc);
    this.shadow = shadowOf([state]);
    this.size = state.length;
  }

  /** The document with all that was admitted. */
  get ahead(): Y.Doc {
    return this.shadow;
  }

  /**
   * Admits an update into the shadow. `nothing`: all of it was there already. Throws a `Refusal`, the shadow as before, for what
   * may not enter. `admitted` are the updates in flight, in order, from which the shadow can be made again.
   */
  admit(update: DecodedUpdate, userId: string, admitted: () => readonly Uint8Array[]): 'new' | 'nothing' {
    this.checkClaims(update, userId);
    if (addsNothing(this.shadow, update)) return 'nothing';
    const before = new Map(update.ranges.map(({ client }) => [client, Y.getState(this.shadow.store, client)]));
    const size = this.size;
    try {
      Y.applyUpdate(this.shadow, update.bytes);
      this.checkShadow(update, before);
      this.checkSize(update.bytes.length);
    } catch (error) {
      this.rebuild(admitted());
      this.size = size;
      if (error instanceof Refusal) throw error;
      throw new Refusal('The update cannot be applied.');
    }
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

  /** Makes the shadow again from the document and what was admitted since. */
  rebuild(admitted: readonly Uint8Array[]): void {
    this.shadow.destroy();
    this.shadow = shadowOf([Y.encodeStateAsUpdate(this.doc), ...admitted]);
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
      const owner = this.owners.get(range.client);
      const adds = range.until > Y.getState(this.shadow.store, range.client);
      if (adds && owner !== undefined && owner !== userId) throw new Refusal("The update uses somebody else's client id.");
    }
    for (const { client, clock, length } of update.deletions) {
      const end = Math.max(Y.getState(this.shadow.store, client), until.get(client) ?? 0);
      if (clock + length > end) throw new Refusal('The update deletes what does not exist.');
    }
  }

  private checkShadow(update: DecodedUpdate, before: ReadonlyMap<number, number>): void {
    const { store, share } = this.shadow;
    if (store.pendingStructs || store.pendingDs) throw new Refusal('The update refers to something that never came.');
    for (const root of share.keys()) if (!isMapName(root)) throw new Refusal(`The mix has no "${root.slice(0, 40)}".`);
    const grown = new Set<MapName>();
    const lanes = new Set<Y.Map<unknown>>();
    for (const { client, until } of update.ranges) {
      const from = before.get(client) ?? 0;
      if (until > from) this.checkItems(store.clients.get(client) ?? [], from, grown, lanes);
    }
    for (const map of grown) {
      if (this.shadow.getMap(map).size > MOST[map]) throw new Refusal(`A mix holds at most ${MOST[map]} ${map}.`);
    }
    for (const lane of lanes) {
      // One more than points: whether the lane is read.
      if (lane.size > MOST_KEPT_POINTS + 1) throw new Refusal(`A lane holds at most ${MOST_KEPT_POINTS} points.`);
    }
  }

  private checkItems(structs: (Y.Item | Y.GC)[], from: number, grown: Set<MapName>, lanes: Set<Y.Map<unknown>>): void {
    for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
      const struct = structs[at];
      if (struct instanceof Y.Item && !struct.deleted) {
        const map = this.checkItem(struct);
        if (map) grown.add(map);
        else if (struct.parent instanceof Y.Map && this.isLane(struct.parent)) lanes.add(struct.parent);
      }
    }
  }

  /** Checks one new item; returns the map that a new record came into. */
  private checkItem(item: Y.Item): MapName | null {
    const { parent, parentSub, content } = item;
    if (!(parent instanceof Y.AbstractType) || parentSub === null)
      throw new Refusal('The update puts something where the mix has no place.');
    const root = this.rootOf(parent);
    if (root !== null) {
      if (!isRecordId(root, parentSub)) throw new Refusal(`"${parentSub.slice(0, 80)}" cannot name one of the ${root}.`);
      if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.Map)) throw new Refusal(`Each of the ${root} is a map.`);
      return root;
    }
    const record = parent._item;
    const map = record && record.parent instanceof Y.AbstractType ? this.rootOf(record.parent) : null;
    if (map === null) throw new Refusal('The update goes deeper than a mix does.');
    if (!isField(map, parentSub)) throw new Refusal(`"${parentSub.slice(0, 80)}" is no field of ${map}.`);
    const [value] = content.getContent();
    if (!(content instanceof Y.ContentAny) || item.length !== 1 || !isValue(map, parentSub, value)) {
      throw new Refusal(`"${parentSub}" of ${map} cannot hold that value.`);
    }
    return null;
  }

  private isLane(record: Y.Map<unknown>): boolean {
    return record._item?.parent === this.shadow.getMap('automation');
  }

  private rootOf(type: Y.AbstractType<unknown>): MapName | null {
    return type._item === null ? (MAPS.find((map) => this.shadow.share.get(map) === type) ?? null) : null;
  }

  private checkSize(added: number): void {
    this.size += added;
    if (this.size <= this.documentBytes) return;
    this.size = Y.encodeStateAsUpdate(this.shadow).length;
    if (this.size > this.documentBytes) {
      throw new Refusal(`The mix would be larger than ${Math.round(this.documentBytes / 1024)} KB, the most a mix may be.`);
    }
  }
}

function isMapName(name: string): name is MapName {
  return MAPS.some((map) => map === name);
}

function shadowOf(updates: readonly Uint8Array[]): Y.Doc {
  const shadow = new Y.Doc();
  for (const map of MAPS) shadow.getMap(map);
  for (const update of updates) Y.applyUpdate(shadow, update);
  return shadow;
}

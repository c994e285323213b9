import * as Y from 'yjs';
import { isField, isRecordId, isValue, MAPS, MOST, MOST_KEPT_POINTS } from '../../lib/doc';
import type { MapName } from '../../lib/mix';
import type { Counts } from './counts';
import { type DecodedUpdate, Refusal } from './decoded-update';
import { FIXED } from './limits';

type Struct = DecodedUpdate['structs'][number];
/** Where an item belongs: a record in a root map, or a field in a record. */
interface Place {
  readonly map: MapName;
  readonly field: boolean;
  readonly key: string | null;
  /** Of a field: the record it is in. */
  readonly record: string | null;
}

/** What an update makes larger: maps that get new records, lanes that get new points. */
export interface Growth {
  readonly maps: ReadonlySet<MapName>;
  readonly lanes: ReadonlySet<string>;
}

/**
 * Judges the new items of an update against the layout before any of it is applied: where each would come to lie is followed through
 * what it refers to, in the document or in the update itself, as Yjs does (`Item.getMissing`). Throws a `Refusal`.
 * Returns what it makes larger.
 */
export function checkLayout(doc: Y.Doc, update: DecodedUpdate, counts: Counts): Growth {
  const places = new Places(doc, update.structs);
  const records = new Grouped<MapName>();
  const points = new Grouped<string>();
  for (const struct of update.structs) {
    const { client, clock } = struct.id;
    if (!(struct instanceof Y.Item) || clock + struct.length <= Y.getState(doc.store, client)) continue;
    const place = places.of(struct);
    if (place === null || struct.content instanceof Y.ContentDeleted) continue;
    const key = checkItem(struct, place);
    if (!place.field && !doc.getMap(place.map).has(key)) records.add(place.map, key);
    if (place.field && place.map === 'automation' && place.record !== null && !laneOf(doc, place.record)?.has(key))
      points.add(place.record, key);
  }
  for (const [lane, keys] of points.groups) checkKeys(counts.keys(lane) + keys.size);
  // What makes room in the same step is counted when it has been applied.
  if (update.deletions.length === 0) {
    for (const [map, keys] of records.groups) checkCount(map, counts.of(map) + keys.size);
    for (const [lane, keys] of points.groups) checkPoints(counts.fields(lane) + keys.size);
  }
  return { maps: new Set(records.groups.keys()), lanes: new Set(points.groups.keys()) };
}

/** Throws where what has grown holds more than it may. */
export function checkGrowth(counts: Counts, { maps, lanes }: Growth): void {
  for (const map of maps) checkCount(map, counts.of(map));
  for (const lane of lanes) checkPoints(counts.fields(lane));
}

function checkKeys(keys: number): void {
  if (keys > FIXED.laneKeys) throw new Refusal('A lane cannot take so many new points in place of old ones at once.');
}

function checkCount(map: MapName, count: number): void {
  if (count > MOST[map]) throw new Refusal(`A mix holds at most ${MOST[map]} ${map}.`);
}

function checkPoints(fields: number): void {
  // One more than points: whether the lane is read.
  if (fields > MOST_KEPT_POINTS + 1) throw new Refusal(`A lane holds at most ${MOST_KEPT_POINTS} points.`);
}

function laneOf(doc: Y.Doc, id: string): Y.Map<unknown> | null {
  const lane = doc.getMap('automation').get(id);
  return lane instanceof Y.Map ? lane : null;
}

class Grouped<Group> {
  readonly groups = new Map<Group, Set<string>>();

  add(group: Group, key: string): void {
    const keys = this.groups.get(group);
    if (keys) keys.add(key);
    else this.groups.set(group, new Set([key]));
  }
}

function checkItem({ content }: Y.Item, { map, field, key }: Place): string {
  if (key === null) throw new Refusal('The update puts something where the mix has no place.');
  if (!field) {
    if (!isRecordId(map, key)) throw new Refusal(`"${key.slice(0, 80)}" cannot name one of the ${map}.`);
    if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.Map)) throw new Refusal(`Each of the ${map} is a map.`);
    return key;
  }
  if (!isField(map, key)) throw new Refusal(`"${key.slice(0, 80)}" is no field of ${map}.`);
  // One hand's values after each other are one item with all of them, where undo keeps those that were overwritten.
  if (!(content instanceof Y.ContentAny) || !content.arr.every((value) => isValue(map, key, value))) {
    throw new Refusal(`"${key}" of ${map} cannot hold that value.`);
  }
  return key;
}

class Places {
  private readonly known = new Map<Y.Item, Place | null | 'asked'>();
  private readonly coming = new Map<number, Struct[]>();

  constructor(
    private readonly doc: Y.Doc,
    structs: readonly Struct[],
  ) {
    for (const struct of structs) {
      const { client } = struct.id;
      const own = this.coming.get(client);
      if (own) own.push(struct);
      else this.coming.set(client, [struct]);
    }
  }

  /** Null for what lies in something that is no more: Yjs makes it a gap. */
  of(item: Y.Item): Place | null {
    const known = this.known.get(item);
    if (known === 'asked') throw new Refusal('The update refers to itself.');
    if (known !== undefined) return known;
    this.known.set(item, 'asked');
    const place = item.parent instanceof Y.AbstractType ? this.ofType(item.parent, item.parentSub) : this.ofReferences(item);
    this.known.set(item, place);
    return place;
  }

  private ofReferences(item: Y.Item): Place | null {
    const left = item.origin && this.find(item.origin, item);
    const right = item.rightOrigin && this.find(item.rightOrigin, item);
    if (left instanceof Y.GC || right instanceof Y.GC) return null;
    // What Yjs reads has one or the other: a parent of its own, or neighbours that know theirs.
    const parent: unknown = item.parent;
    if (typeof parent === 'string') return { map: mapNamed(parent), field: false, key: item.parentSub, record: null };
    if (parent instanceof Y.ID) return this.within(this.find(parent, item), item.parentSub);
    const neighbour = left ?? right;
    return neighbour instanceof Y.Item ? this.of(neighbour) : null;
  }

  private ofType(type: Y.AbstractType<unknown>, key: string | null): Place | null {
    if (type._item !== null) return this.within(type._item, key);
    const map = MAPS.find((name) => this.doc.share.get(name) === type);
    if (map === undefined) throw new Refusal('The update puts something where the mix has no place.');
    return { map, field: false, key, record: null };
  }

  private within(parent: Struct, key: string | null): Place | null {
    const place = parent instanceof Y.Item && !(parent.content instanceof Y.ContentDeleted) ? this.of(parent) : null;
    if (place === null) return null;
    if (place.field) throw new Refusal('The update goes deeper than a mix does.');
    return { map: place.map, field: true, key, record: place.key };
  }

  private find(id: Y.ID, from: Y.Item): Struct {
    if (id.clock < Y.getState(this.doc.store, id.client)) return Y.getItem(this.doc.store, id);
    const own = this.coming.get(id.client) ?? [];
    const last = own.at(-1);
    if (!last || id.clock >= last.id.clock + last.length || (id.client === from.id.client && id.clock >= from.id.clock)) {
      throw new Refusal('The update refers to something that never came.');
    }
    const found = own[Y.findIndexSS(own as (Y.Item | Y.GC)[], id.clock)];
    if (!found) throw new Refusal('The update refers to something that never came.');
    return found;
  }
}

function mapNamed(name: string): MapName {
  const map = MAPS.find((one) => one === name);
  if (map === undefined) throw new Refusal(`The mix has no "${name.slice(0, 40)}".`);
  return map;
}

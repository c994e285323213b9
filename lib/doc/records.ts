import type * as Y from 'yjs';
import type { MAPS } from './layout';
import { MOST } from './layout';
import type { RawRecord } from './parse';
import { rawRecord } from './read';

type MapName = (typeof MAPS)[number];

/** Equal field by field; a record's `values` and a metre are compared one level deeper. */
export function sameRecord(a: unknown, b: unknown, depth = 2): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameRecord(value, right.get(key), depth - 1));
}

/** `next` with every record, and the map itself, that equals the one before replaced by that one. */
export function keepIdentity<Id extends string, T>(before: ReadonlyMap<Id, T>, next: ReadonlyMap<Id, T>): ReadonlyMap<Id, T> {
  const kept = new Map<Id, T>();
  const order = [...before.keys()];
  let changed = before.size !== next.size;
  let at = 0;
  for (const [id, record] of next) {
    const old = before.get(id);
    const same = old !== undefined && sameRecord(old, record);
    if (!same || order[at] !== id) changed = true;
    kept.set(id, same ? old : record);
    at++;
  }
  return changed ? kept : before;
}

/** The records of one root map as parsed, read again one by one as they are touched. */
export class Records<Id extends string, T> {
  private readonly dirty = new Set<string>();

  constructor(
    private readonly doc: Y.Doc,
    private readonly map: MapName,
    private readonly parse: (id: string, raw: RawRecord) => T | null,
    /** True if the change from one to the other leaves routing and order as they are. */
    private readonly sameShape: (a: T, b: T) => boolean,
    private records: ReadonlyMap<Id, T>,
  ) {}

  get all(): ReadonlyMap<Id, T> {
    return this.records;
  }

  touch(id: string): void {
    this.dirty.add(id);
  }

  /** True while so many are there that what is left out depends on all: then everything is read anew. */
  get overfull(): boolean {
    return this.dirty.size > 0 && this.doc.getMap(this.map).size > MOST[this.map];
  }

  /** Reads what was touched; `reshaped` says that the mix has to be mended anew. */
  refresh(): { readonly changed: ReadonlyMap<Id, T>; readonly reshaped: boolean } {
    const changed = new Map<Id, T>();
    let reshaped = false;
    const records = new Map(this.records);
    for (const key of this.dirty) {
      const id = key as Id;
      const raw = rawRecord(this.doc, this.map, key);
      const record = raw ? this.parse(key, raw) : null;
      const old = records.get(id);
      if (record === null) {
        if (records.delete(id)) reshaped = true;
      } else if (old === undefined || !sameRecord(old, record)) {
        if (old === undefined || !this.sameShape(old, record)) reshaped = true;
        records.set(id, record);
        changed.set(id, record);
      }
    }
    if (this.dirty.size > 0) this.records = records;
    this.dirty.clear();
    return { changed, reshaped };
  }
}

import * as Y from 'yjs';
import type { Difference, MapName, Primitive } from '../mix';
import { MAPS } from './layout';

type DeepEvent = Y.YEvent<Y.AbstractType<unknown>>;

/** Gathers what really becomes different in a document, whoever changes it: values from and to, records with all that was in them. */
export class DifferenceWatch {
  private gathered: Difference[] = [];
  private readonly observers: readonly (readonly [Y.Map<unknown>, (events: readonly DeepEvent[]) => void])[];

  constructor(doc: Y.Doc) {
    this.observers = MAPS.map((map) => {
      const gather = (events: readonly DeepEvent[]) => {
        for (const event of events) gatherFrom(map, event, this.gathered);
      };
      return [doc.getMap(map), gather] as const;
    });
    for (const [root, gather] of this.observers) root.observeDeep(gather);
  }

  /** What has become different since the last time. */
  take(): readonly Difference[] {
    const { gathered } = this;
    if (gathered.length > 0) this.gathered = [];
    return gathered;
  }

  close(): void {
    for (const [root, gather] of this.observers) root.unobserveDeep(gather);
  }
}

type Fields = Record<string, Primitive>;

function gatherFrom(map: MapName, event: DeepEvent, into: Difference[]): void {
  const { target, path } = event;
  if (!(target instanceof Y.Map) || path.length > 1) return;
  for (const [key, { action, oldValue }] of event.keys) {
    if (path.length === 1) {
      const [from, to] = [primitive(oldValue), action === 'delete' ? undefined : primitive(target.get(key))];
      if (from !== to) into.push({ did: 'set', map, id: String(path[0]), field: key, from, to });
      continue;
    }
    const before = action === 'add' ? null : fieldsBefore(oldValue, event);
    const after = action === 'delete' ? null : fieldsOf(target.get(key));
    if (before && after) into.push(...betweenFields(map, key, before, after));
    else if (after) into.push({ did: 'add', map, id: key, fields: after });
    else if (before) into.push({ did: 'remove', map, id: key, fields: before });
  }
}

/** A record that took another one's place: two people who make the same one at once make two, of which one stays. */
function betweenFields(map: MapName, id: string, before: Fields, after: Fields): Difference[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) => {
    const [from, to] = [before[field], after[field]];
    return from === to ? [] : [{ did: 'set', map, id, field, from, to } as const];
  });
}

function primitive(value: unknown): Primitive | undefined {
  const kind = typeof value;
  return value === null || kind === 'string' || kind === 'number' || kind === 'boolean' ? (value as Primitive) : undefined;
}

function fieldsOf(record: unknown): Fields | null {
  if (!(record instanceof Y.Map)) return null;
  const fields: Fields = {};
  for (const [field, value] of record.entries()) {
    const kept = primitive(value);
    if (kept !== undefined) fields[field] = kept;
  }
  return fields;
}

/** What was in a record that the event's transaction removed: until its end, what went along with it is still there. */
function fieldsBefore(record: unknown, event: DeepEvent): Fields | null {
  if (!(record instanceof Y.Map)) return null;
  const fields: Fields = {};
  for (const [field, last] of record._map) {
    let item: Y.Item | null = last;
    while (item && event.adds(item)) item = item.left;
    const value = item && event.deletes(item) && item.content instanceof Y.ContentAny ? primitive(item.content.arr.at(-1)) : undefined;
    if (value !== undefined) fields[field] = value;
  }
  return fields;
}

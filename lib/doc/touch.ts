import * as Y from 'yjs';
import type { MapName, Primitive, Records } from '../mix';

/** What one transaction changed in one place: a record that came or went, or a field from one value to another. */
export type Touch =
  | { readonly did: 'add' | 'remove'; readonly map: MapName; readonly id: string }
  | {
      readonly did: 'set';
      readonly map: MapName;
      readonly id: string;
      readonly field: string;
      readonly from: Primitive | undefined;
      readonly to: Primitive | undefined;
    };

function primitive(value: unknown): Primitive | undefined {
  const kind = typeof value;
  return value === null || kind === 'string' || kind === 'number' || kind === 'boolean' ? (value as Primitive) : undefined;
}

/** The touches of one deep event of the root map `map`. A record's fields are told only while the record itself stays. */
export function touchesOf(map: MapName, event: Y.YEvent<Y.AbstractType<unknown>>): Touch[] {
  const touches: Touch[] = [];
  const [id] = event.path;
  for (const [key, change] of event.changes.keys) {
    if (id === undefined) {
      touches.push({ did: change.action === 'delete' ? 'remove' : 'add', map, id: key });
    } else if (event.path.length === 1 && event.target instanceof Y.Map) {
      const to = change.action === 'delete' ? undefined : primitive(event.target.get(key));
      touches.push({ did: 'set', map, id: String(id), field: key, from: primitive(change.oldValue), to });
    }
  }
  return touches;
}

/** What is different between two documents' records. */
export function touchesBetween(before: Records, after: Records): Touch[] {
  const touches: Touch[] = [];
  for (const [map, all] of after) {
    const old = before.get(map);
    for (const [id, fields] of all) {
      const was = old?.get(id);
      if (!was) touches.push({ did: 'add', map, id });
      else {
        for (const field of new Set([...was.keys(), ...fields.keys()])) {
          const [from, to] = [was.get(field), fields.get(field)];
          if (from !== to) touches.push({ did: 'set', map, id, field, from, to });
        }
      }
    }
    for (const id of old?.keys() ?? []) if (!all.has(id)) touches.push({ did: 'remove', map, id });
  }
  return touches;
}

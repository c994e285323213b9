import type { Change, Primitive } from '../commands/change';
import type { Difference, Look } from './difference';

/** What takes a gesture back. */
export interface TakeBack {
  readonly changes: readonly Change[];
  /** What somebody has changed since, or is no longer there: taking back would undo more than the gesture. */
  readonly overtaken: readonly Difference[];
}

/** The changes that bring back what was before a gesture; `look` finds the records as they now are. */
export function takeBack(differences: readonly Difference[], look: Look): TakeBack {
  const changes: Change[] = [];
  const overtaken: Difference[] = [];
  for (const one of [...differences].reverse()) {
    const { map, id } = one;
    const record = look(map, id);
    if (one.did === 'set') {
      if (!record || record.get(one.field) !== one.to) overtaken.push(one);
      if (record) changes.push({ do: 'put', map, id, fields: { [one.field]: one.from } });
    } else if (one.did === 'add') {
      if (!record) continue;
      if (!same(record, one.fields)) overtaken.push(one);
      changes.push({ do: 'remove', map, id });
    } else {
      if (record) overtaken.push(one);
      changes.push({ do: 'put', map, id, fields: one.fields });
    }
  }
  return { changes, overtaken };
}

function same(record: ReadonlyMap<string, unknown>, fields: Readonly<Record<string, Primitive>>): boolean {
  const entries = Object.entries(fields);
  return entries.length === record.size && entries.every(([field, value]) => record.get(field) === value);
}

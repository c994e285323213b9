import type { Change, MapName, Primitive } from '../commands/change';
import type { Records } from '../history/difference';
import { ownerOf } from './owner';

type Fields = ReadonlyMap<string, Primitive>;
const NONE: ReadonlyMap<string, Fields> = new Map();
const NO_FIELDS: Fields = new Map();

/** What a strip is, rather than how it sounds: left alone when it is recalled by itself. */
const IDENTITY = new Set(['kind', 'name', 'color', 'order', 'stem', 'output']);

/** The fields that make a record what it was; undefined for those that it did not have. Null where nothing differs. */
function fieldsBack(now: Fields, then: Fields, isWanted: (field: string) => boolean): Record<string, Primitive | undefined> | null {
  const fields: Record<string, Primitive | undefined> = {};
  for (const [field, value] of then) if (isWanted(field) && now.get(field) !== value) fields[field] = value;
  for (const field of now.keys()) if (isWanted(field) && !then.has(field)) fields[field] = undefined;
  return Object.keys(fields).length > 0 ? fields : null;
}

/**
 * The changes that bring a mix back to what a snapshot holds. What the snapshot does not know stays: a strip made since, with its
 * inserts, sends and lanes. On strips that it knows, inserts, sends and lanes made since go.
 *
 * With `strips`, only how those strips sound comes back: not their name, colour, place, stem or route; no marker, no tempo.
 */
export function recallChanges(now: Records, then: Records, strips?: ReadonlySet<string>): Change[] {
  const known = then.get('strips') ?? NONE;
  const all = (records: Records, map: MapName): ReadonlyMap<string, Fields> => records.get(map) ?? NONE;
  const isWanted = (map: MapName, id: string, fields: Fields, from: Records): boolean => {
    const owner = ownerOf(map, id, fields, all(from, 'inserts'));
    if (strips) return owner !== null && strips.has(owner) && known.has(owner);
    return owner === null || known.has(owner);
  };
  const changes: Change[] = [];
  for (const map of ['settings', 'markers', 'strips', 'inserts', 'sends', 'automation'] as const) {
    for (const [id, fields] of all(now, map)) {
      if (map === 'settings' || map === 'strips' || all(then, map).has(id)) continue;
      if (isWanted(map, id, fields, now)) changes.push({ do: 'remove', map, id });
    }
    for (const [id, fields] of all(then, map)) {
      if (!isWanted(map, id, fields, then)) continue;
      const present = all(now, map).get(id);
      if (strips && map === 'strips' && !present) continue;
      const isBack = (field: string) => !(strips && map === 'strips' && IDENTITY.has(field));
      // A record may be there without a field, as a send at its defaults is.
      const back = fieldsBack(present ?? NO_FIELDS, fields, isBack) ?? (present ? null : {});
      if (back) changes.push({ do: 'put', map, id, fields: back });
    }
  }
  return changes;
}

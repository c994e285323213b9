import type { MapName, Primitive } from '../commands/change';
import { targetOf } from '../model/target';

type Fields = ReadonlyMap<string, Primitive>;

/** The strip that a record belongs to; null for what belongs to none. */
export function ownerOf(map: MapName, id: string, fields: Fields, inserts: ReadonlyMap<string, Fields>): string | null {
  if (map === 'strips') return id;
  if (map === 'sends') return id.split('>')[0] ?? null;
  const stripOf = (insert: Fields | undefined) => {
    const strip = insert?.get('strip');
    return typeof strip === 'string' ? strip : null;
  };
  if (map === 'inserts') return stripOf(fields);
  if (map !== 'automation') return null;
  const target = targetOf(id);
  if (target?.on === 'insert') return stripOf(inserts.get(target.id));
  return target?.on === 'send' ? (target.id.split('>')[0] ?? null) : (target?.id ?? null);
}

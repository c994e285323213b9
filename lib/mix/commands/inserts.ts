import { newId } from '../../std';
import type { Insert, InsertId, Mix, StripId } from '../model/mix';
import type { Change } from './change';
import { placeBefore } from './order';

/** Effects a strip can have: as many as the desk runs on one. */
export const MOST_INSERTS = 8;

/** A strip's effects in the order of the signal. */
export function insertsOf(mix: Mix, strip: StripId): readonly Insert[] {
  return [...mix.inserts.values()].filter((insert) => insert.strip === strip);
}

/** Puts an effect before another one of its strip, or last. Nothing where that is where it stands. */
export function moveInsert(mix: Mix, id: InsertId, before: InsertId | null): Change[] {
  const insert = mix.inserts.get(id);
  if (!insert || id === before) return [];
  const all = insertsOf(mix, insert.strip);
  if ((all[all.indexOf(insert) + 1]?.id ?? null) === before) return [];
  const { order, changes } = placeBefore(
    'inserts',
    all.filter((one) => one !== insert),
    before,
  );
  return [...changes, { do: 'put', map: 'inserts', id, fields: { order } }];
}

/** A second effect with the same values, right behind the first. Nothing where the strip is full. */
export function copyInsert(mix: Mix, id: InsertId): Change[] {
  const insert = mix.inserts.get(id);
  if (!insert) return [];
  const all = insertsOf(mix, insert.strip);
  if (all.length >= MOST_INSERTS) return [];
  const { order, changes } = placeBefore('inserts', all, all[all.indexOf(insert) + 1]?.id ?? null);
  const { strip, type, values } = insert;
  return [...changes, { do: 'put', map: 'inserts', id: newId(), fields: { ...values, strip, type, order } }];
}

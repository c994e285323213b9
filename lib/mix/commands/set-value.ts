import type { Mix, Target } from '../model/mix';
import { rowOf } from '../model/read';
import { clampToRow } from '../parameters/table';
import type { Change, MapName } from './change';

const MAP_OF: Readonly<Record<Target['on'], MapName>> = { strip: 'strips', send: 'sends', insert: 'inserts' };

/**
 * Sets a control, brought into its range; the default is kept as nothing at all. A send need not be there yet. Nothing where
 * the mix has no such control.
 */
export function setValue(mix: Mix, target: Target, value: number): Change[] {
  const row = rowOf(mix, target);
  const there = target.on === 'strip' ? mix.strips.has(target.id) : true;
  if (!row || !there) return [];
  const kept = clampToRow(row, value);
  return [{ do: 'put', map: MAP_OF[target.on], id: target.id, fields: { [row.id]: kept === row.default ? undefined : kept } }];
}

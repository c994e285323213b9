import { generateNKeysBetween } from 'fractional-indexing';
import type { Change, MapName } from './change';

interface Ordered {
  readonly id: string;
  readonly order: string;
}

/** Keys grow when things are put again and again into the same gap; past this all are dealt out anew. */
const LONGEST_KEY = 100;

/**
 * The order key that puts something before `before` (null: last) among `list`, which is in order. Where two neighbours have the
 * same key, as when two people added at once, `changes` move the later ones up to make room.
 */
export function placeBefore(
  map: MapName,
  list: readonly Ordered[],
  before: string | null,
): { readonly order: string; readonly changes: Change[] } {
  const at = before === null ? -1 : list.findIndex(({ id }) => id === before);
  const index = at < 0 ? list.length : at;
  const previous = list[index - 1]?.order ?? null;
  let after = index;
  while (previous !== null && after < list.length && (list[after]?.order ?? '') <= previous) after++;
  const keys = generateNKeysBetween(previous, list[after]?.order ?? null, after - index + 1);
  if (keys.some((key) => key.length > LONGEST_KEY)) return dealOut(map, list, index);
  const [order = '', ...moved] = keys;
  return { order, changes: list.slice(index, after).map(({ id }, step) => put(map, id, moved[step] ?? order)) };
}

function dealOut(map: MapName, list: readonly Ordered[], index: number): { readonly order: string; readonly changes: Change[] } {
  const keys = generateNKeysBetween(null, null, list.length + 1);
  const [order = ''] = keys.splice(index, 1);
  return { order, changes: list.map(({ id }, step) => put(map, id, keys[step] ?? order)) };
}

const put = (map: MapName, id: string, order: string): Change => ({ do: 'put', map, id, fields: { order } });

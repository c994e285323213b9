import type { Difference, FieldDifference } from './difference';

const recordOf = ({ map, id }: Difference): string => `${map}/${id}`;
const cellOf = (one: FieldDifference): string => `${recordOf(one)}/${one.field}`;

/** Differences of fields alone, by the field; null where a record came or went. */
function cellsOf(differences: readonly Difference[]): Map<string, FieldDifference> | null {
  const cells = new Map<string, FieldDifference>();
  for (const one of differences) {
    if (one.did !== 'set') return null;
    cells.set(cellOf(one), one);
  }
  return cells;
}

/**
 * One gesture of two that followed each other, each field from the first `from` to the last `to`: where both only change fields, the
 * later ones in records that the earlier changed too, and one field at least, or a lane, is of both. Null where they are two
 * gestures, as when the later one brings all back to where it was.
 */
export function folded(earlier: readonly Difference[], later: readonly Difference[]): Difference[] | null {
  // One control under one hand: nearly all there is.
  const [a, b] = [earlier[0], later[0]];
  if (
    a?.did === 'set' &&
    b?.did === 'set' &&
    earlier.length === 1 &&
    later.length === 1 &&
    a.map === b.map &&
    a.id === b.id &&
    a.field === b.field
  ) {
    return a.from === b.to ? null : [{ ...b, from: a.from }];
  }
  const cells = cellsOf(earlier);
  const added = cellsOf(later);
  if (!cells || !added) return null;
  const records = new Set(earlier.map(recordOf));
  if (!later.every((one) => records.has(recordOf(one)))) return null;
  const shared = later.some((one) => one.map === 'automation') || [...added.keys()].some((cell) => cells.has(cell));
  if (!shared) return null;
  for (const [cell, one] of added) cells.set(cell, { ...one, from: (cells.get(cell) ?? one).from });
  const left = [...cells.values()].filter(({ from, to }) => from !== to);
  return left.length > 0 ? left : null;
}

/** True when both change the same fields, in the same order, and records neither come nor go. */
export function sameCells(a: readonly Difference[], b: readonly Difference[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((one, index) => {
    const other = b[index];
    return one.did === 'set' && other?.did === 'set' && one.map === other.map && one.id === other.id && one.field === other.field;
  });
}

/** Up to so many comparisons are made one by one. */
const FEW = 64;

function meet(one: Difference, other: Difference): boolean {
  if (one.id !== other.id || one.map !== other.map) return false;
  return one.did !== 'set' || other.did !== 'set' || one.field === other.field;
}

/** True when one of the later differences is in what the earlier ones changed: from then on these are the past. */
export function overlaps(earlier: readonly Difference[], later: readonly Difference[]): boolean {
  if (earlier.length * later.length <= FEW) return later.some((one) => earlier.some((other) => meet(one, other)));
  const touched = new Set<string>();
  for (const one of earlier) {
    touched.add(recordOf(one));
    if (one.did === 'set') touched.add(cellOf(one));
  }
  const whole = new Set(earlier.filter(({ did }) => did !== 'set').map(recordOf));
  return later.some((one) => (one.did === 'set' ? touched.has(cellOf(one)) || whole.has(recordOf(one)) : touched.has(recordOf(one))));
}

/** True when the later differences take back the earlier ones, all of them and nothing else. */
export function reverts(earlier: readonly Difference[], later: readonly Difference[]): boolean {
  if (earlier.length !== later.length) return false;
  const before = new Map(earlier.map((one) => [one.did === 'set' ? cellOf(one) : recordOf(one), one]));
  return later.every((one) => {
    const other = before.get(one.did === 'set' ? cellOf(one) : recordOf(one));
    if (other === undefined) return false;
    if (one.did === 'set' || other.did === 'set')
      return one.did === 'set' && other.did === 'set' && one.from === other.to && one.to === other.from;
    return one.did !== other.did;
  });
}

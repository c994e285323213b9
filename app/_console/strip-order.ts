import type { Strip, StripId } from '../../lib/mix';

/** Before whom a strip goes; null: last of all. */
type Before = StripId | null;

const kin = (row: readonly Strip[], moving: Strip) => row.filter((strip) => strip.kind === moving.kind && strip.id !== moving.id);

/** Where one step to the left or right brings a strip among its kind; undefined where there is no further. */
export function oneStep(row: readonly Strip[], moving: Strip, way: -1 | 1): Before | undefined {
  const place = row.filter((strip) => strip.kind === moving.kind).findIndex((strip) => strip.id === moving.id);
  const others = kin(row, moving);
  const next = place + way;
  return place < 0 || next < 0 || next > others.length ? undefined : (others[next]?.id ?? null);
}

/**
 * Where a strip goes that is let go with `centers` (of each strip in the row, pixels) and the hand at `x`: stems stay among stems,
 * effect returns among these. Undefined where it would stand as it does.
 */
export function dropPlace(row: readonly Strip[], moving: Strip, centers: ReadonlyMap<StripId, number>, x: number): Before | undefined {
  const others = kin(row, moving);
  const found = others.find((strip) => (centers.get(strip.id) ?? Number.NEGATIVE_INFINITY) > x);
  const after = row.filter((strip) => strip.kind === moving.kind);
  const stands = after[after.findIndex((strip) => strip.id === moving.id) + 1]?.id ?? null;
  const before = found?.id ?? null;
  return before === stands ? undefined : before;
}

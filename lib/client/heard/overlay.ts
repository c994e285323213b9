import { isField, isRecordId, isValue, makesRecord } from '../../doc';
import type { Change, Look, MapName, Primitive } from '../../mix';

/** What an overlay says of one record. */
interface Covered {
  readonly map: MapName;
  readonly id: string;
  /** The record below does not show through: it is gone, or another has taken its place. */
  readonly hides: boolean;
  /** Undefined: the field is not there, which means its default. */
  readonly fields: ReadonlyMap<string, Primitive | undefined>;
}

/** Changes laid over a mix without touching it, by record; never changed, only replaced. */
export type Overlay = ReadonlyMap<string, Covered>;

export const NOTHING_OVER: Overlay = new Map();
const NO_FIELDS: ReadonlyMap<string, Primitive | undefined> = new Map();

export const recordKey = (map: MapName, id: string): string => `${map}/${id}`;

/** The overlay with more changes on top of its own. */
export function overlaid(overlay: Overlay, changes: readonly Change[]): Overlay {
  const next = new Map(overlay);
  for (const { map, id, ...change } of changes) {
    const key = recordKey(map, id);
    const before = next.get(key);
    if (change.do === 'remove') next.set(key, { map, id, hides: true, fields: NO_FIELDS });
    else {
      const fields = new Map([...(before?.fields ?? NO_FIELDS), ...Object.entries(change.fields)]);
      next.set(key, { map, id, hides: before?.hides ?? false, fields });
    }
  }
  return next;
}

/** A record with the overlay on it; undefined where none is to be seen. */
export function recordOver(
  below: ReadonlyMap<string, unknown> | undefined,
  covered: Covered | undefined,
): ReadonlyMap<string, unknown> | undefined {
  if (!covered) return below;
  const { map, id, hides, fields } = covered;
  const shown = hides ? undefined : below;
  if (hides && fields.size === 0) return undefined;
  if (shown === undefined && !makesRecord({ map, id, fields: Object.fromEntries(fields) })) return undefined;
  const over = new Map(shown);
  for (const [field, value] of fields) {
    if (value === undefined) over.delete(field);
    else over.set(field, value);
  }
  return over;
}

/** The changes that make a record as it is wanted; what the layout does not know is left out of it. */
export function changesTo(
  map: MapName,
  id: string,
  now: ReadonlyMap<string, unknown> | undefined,
  wanted: ReadonlyMap<string, unknown> | undefined,
): Change[] {
  if (wanted === undefined) return now === undefined ? [] : [{ do: 'remove', map, id }];
  if (!isRecordId(map, id)) return [];
  const fields: Record<string, Primitive | undefined> = {};
  for (const [field, value] of wanted) {
    if (now?.get(field) !== value && isField(map, field) && isValue(map, field, value)) fields[field] = value as Primitive;
  }
  for (const field of now?.keys() ?? []) if (!wanted.has(field)) fields[field] = undefined;
  return now !== undefined && Object.keys(fields).length === 0 ? [] : [{ do: 'put', map, id, fields }];
}

/** The changes that the overlay is made of, as they can be kept. */
export function overlayChanges(overlay: Overlay): Change[] {
  return [...overlay.values()].flatMap(({ map, id, hides, fields }): Change[] => {
    const put: Change[] = fields.size > 0 || !hides ? [{ do: 'put', map, id, fields: Object.fromEntries(fields) }] : [];
    return hides ? [{ do: 'remove', map, id }, ...put] : put;
  });
}

/** The changes that make of the mix below what is seen with the overlay: nothing that is the same anyway. */
export function changesOver(overlay: Overlay, look: Look): Change[] {
  return [...overlay.values()].flatMap((covered) => {
    const { map, id } = covered;
    const below = look(map, id);
    return changesTo(map, id, below, recordOver(below, covered));
  });
}

const MAP_OF: Readonly<Record<string, MapName>> = { strip: 'strips', send: 'sends', insert: 'inserts' };

/** Whether the overlay says where a control stands, by its key; a lane's counts as the control's. */
export function coversControl(overlay: Overlay, key: string): boolean {
  if (overlay.has(recordKey('automation', key))) return true;
  const [on = '', id = '', parameter = ''] = key.split('/');
  const map = MAP_OF[on];
  const covered = map && overlay.get(recordKey(map, id));
  return covered !== undefined && (covered.hides || covered.fields.has(parameter));
}

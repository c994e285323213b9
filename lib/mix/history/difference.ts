import type { Change, MapName, Primitive } from '../commands/change';

/** A field of a record that became different; undefined is a field that is not there, which means its default. */
export interface FieldDifference {
  readonly did: 'set';
  readonly map: MapName;
  readonly id: string;
  readonly field: string;
  readonly from?: Primitive | undefined;
  readonly to?: Primitive | undefined;
}

/** A record that came or went, with all that was in it. */
interface RecordDifference {
  readonly did: 'add' | 'remove';
  readonly map: MapName;
  readonly id: string;
  readonly fields: Readonly<Record<string, Primitive>>;
}

/** What a gesture really changed of a mix. With all of them, in order, a mix can be followed back and forth. */
export type Difference = FieldDifference | RecordDifference;

/** The records of a mix as the document holds them. */
export type Records = ReadonlyMap<MapName, Map<string, Map<string, Primitive>>>;

/** A record as it is now; undefined where there is none. */
export type Look = (map: MapName, id: string) => ReadonlyMap<string, unknown> | undefined;

const BACK = { add: 'remove', remove: 'add' } as const;

/** What takes the differences back, in the order in which it does. */
export function inverse(differences: readonly Difference[]): Difference[] {
  return differences.map((one) => (one.did === 'set' ? { ...one, from: one.to, to: one.from } : { ...one, did: BACK[one.did] })).reverse();
}

/** The changes that bring differences about, in whatever document. */
export function changesOf(differences: readonly Difference[]): Change[] {
  return differences.map((one) => {
    const { map, id } = one;
    if (one.did === 'set') return { do: 'put', map, id, fields: { [one.field]: one.to } };
    return one.did === 'add' ? { do: 'put', map, id, fields: one.fields } : { do: 'remove', map, id };
  });
}

/** Carries differences out on records. What speaks of a record that is not there is passed over. */
export function followDifferences(records: Records, differences: readonly Difference[]): void {
  for (const one of differences) {
    const map = records.get(one.map);
    if (one.did !== 'set') {
      if (one.did === 'add') map?.set(one.id, new Map(Object.entries(one.fields)));
      else map?.delete(one.id);
    } else if (one.to === undefined) map?.get(one.id)?.delete(one.field);
    else map?.get(one.id)?.set(one.field, one.to);
  }
}

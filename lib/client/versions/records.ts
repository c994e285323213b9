import type { MapName, Primitive, Records } from '../../mix';
import type { PastMix } from '../../protocol';

/** A mix's records from what JSON carries of them. */
export function recordsOf({ records }: PastMix): Records {
  return new Map(
    Object.entries(records).map(([map, all]) => [
      map as MapName,
      new Map(Object.entries(all ?? {}).map(([id, fields]) => [id, new Map<string, Primitive>(Object.entries(fields))])),
    ]),
  );
}

import * as Y from 'yjs';
import type { Records } from '../mix';

/** Client ids below this are the service's own, for beginning documents. */
export const RESERVED_CLIENTS = 4096;

/** The client that begins the document of an epoch. By it the epoch of a document is seen, and that of a state vector. */
export const beginnerOf = (epoch: number): number => epoch + 1;

/** The epoch of a document, by the client ids that are in it; null for one that the service did not begin. SPEC.md 23. */
export function epochOf(clients: Iterable<number>): number | null {
  let beginner = 0;
  for (const client of clients) if (client < RESERVED_CLIENTS && client > beginner) beginner = client;
  return beginner === 0 ? null : beginner - 1;
}

/** A document that holds these records and nothing of how they came to be, as one update. */
export function beginEpoch(records: Records, epoch: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = beginnerOf(epoch);
  doc.transact(() => {
    for (const [map, all] of records) for (const [id, fields] of all) doc.getMap(map).set(id, new Y.Map<unknown>(fields));
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

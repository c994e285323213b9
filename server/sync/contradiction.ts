import * as Y from 'yjs';
import { readRecords } from '../../lib/doc';
import type { LoggedUpdate } from '../ports';
import type { DecodedUpdate } from './decoded-update';

/**
 * True when a document holds something else than the update under the same numbers of the same client: two instances that did not hear
 * of each other have both let it in. What is deleted in either cannot be compared, and says nothing.
 */
export function contradicts(doc: Y.Doc, { structs }: DecodedUpdate): boolean {
  return structs.some((struct) => {
    const { client, clock } = struct.id;
    if (!(struct instanceof Y.Item) || clock >= Y.getState(doc.store, client)) return false;
    const there = Y.getItem(doc.store, struct.id);
    return there instanceof Y.Item && !sameItem(there, struct, clock - there.id.clock);
  });
}

/** `there` begins `before` places before the other. */
function sameItem(there: Y.Item, coming: Y.Item, before: number): boolean {
  if (there.deleted || coming.content instanceof Y.ContentDeleted) return true;
  const [held, content] = [there.content, coming.content];
  if (held instanceof Y.ContentAny && content instanceof Y.ContentAny) {
    const known = held.arr.slice(before, before + content.arr.length);
    if (known.some((value, index) => !Object.is(value, content.arr[index]))) return false;
  } else if (held.constructor !== content.constructor) return false;
  if (before > 0) return true;
  // What names neighbours names no place of its own.
  if (coming.origin === null && coming.rightOrigin === null && coming.parentSub !== there.parentSub) return false;
  return Y.compareIDs(there.origin, coming.origin);
}

/**
 * Whether a document is what its session's log says. Both may hold what the other does not have yet; where they differ after each has
 * taken over the other, one client's numbers stand for two things.
 */
export function agrees(doc: Y.Doc, rows: readonly LoggedUpdate[]): boolean {
  const [log, own] = [new Y.Doc(), new Y.Doc()];
  try {
    for (const { update } of rows) Y.applyUpdate(log, update);
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    Y.applyUpdate(log, Y.encodeStateAsUpdate(own, Y.encodeStateVector(log)));
    Y.applyUpdate(own, Y.encodeStateAsUpdate(log, Y.encodeStateVector(own)));
    return text(own) === text(log);
  } finally {
    log.destroy();
    own.destroy();
  }
}

function text(doc: Y.Doc): string {
  const records = [...readRecords(doc)].flatMap(([map, ids]) => [...ids].map(([id, fields]) => [map, id, [...fields].sort()] as const));
  return JSON.stringify(records.map(([map, id, fields]) => `${map}/${id}/${JSON.stringify(fields)}`).sort());
}

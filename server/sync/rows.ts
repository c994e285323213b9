import * as Y from 'yjs';
import type { LoggedUpdate } from '../ports';
import { type DecodedUpdate, decodeUpdate, lacksSomething, Refusal } from './decoded-update';

/** Applies rows as one transaction; the result holds all that they changed, or null when that was nothing. */
export function applied(doc: Y.Doc, rows: Iterable<LoggedUpdate>): Uint8Array | null {
  let change: Uint8Array | null = null;
  const listen = (update: Uint8Array) => {
    change = update;
  };
  doc.on('update', listen);
  doc.transact(() => {
    for (const { update } of rows) Y.applyUpdate(doc, update);
  });
  doc.off('update', listen);
  return change;
}

/** Looks at what passes. */
export function* passing<T>(from: Iterable<T>, look: (one: T) => void): Iterable<T> {
  for (const one of from) {
    look(one);
    yield one;
  }
}

/** Rows up to the first that builds on something which is not in `doc`, where the ones before it have been put meanwhile. */
export function* whileWhole(doc: Y.Doc, rows: readonly LoggedUpdate[]): Iterable<LoggedUpdate> {
  for (const row of rows) {
    if (!isWhole(doc, row)) return;
    yield row;
  }
}

function isWhole(doc: Y.Doc, row: LoggedUpdate): boolean {
  const update = decodedRow(row);
  return update !== null && !lacksSomething(doc, update);
}

/** Null for what is no update of one page: what the service merged may be. */
export function decodedRow({ update }: LoggedUpdate): DecodedUpdate | null {
  try {
    return decodeUpdate(update);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

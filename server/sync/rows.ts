import * as Y from 'yjs';
import type { LoggedUpdate } from '../ports';
import { decodeUpdate, lacksSomething, Refusal } from './decoded-update';

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

/** Notes what passes. */
export function* passing<T>(from: Iterable<T>, noted: T[]): Iterable<T> {
  for (const one of from) {
    noted.push(one);
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

function isWhole(doc: Y.Doc, { update }: LoggedUpdate): boolean {
  try {
    return !lacksSomething(doc, decodeUpdate(update));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

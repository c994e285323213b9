import type * as Y from 'yjs';
import { SETTINGS_ID } from './layout';
import { rawRecord } from './read';
import { transactChanges } from './transact';

type Migration = (doc: Y.Doc) => void;

/** Step n brings a document of schema n to n + 1. Never change one that has been released: add the next. */
const MIGRATIONS: readonly Migration[] = [
  // 0 → 1: documents without a schema have this layout already; they only did not say so.
  () => {},
];

/** The schema that this program writes; kept as `schema` of the settings. */
export const SCHEMA = MIGRATIONS.length;

/** The document's schema; 0 where it says none. */
function schemaOf(doc: Y.Doc): number {
  const schema = rawRecord(doc, 'settings', SETTINGS_ID)?.get('schema');
  return typeof schema === 'number' && Number.isInteger(schema) && schema > 0 ? schema : 0;
}

/** Runs, in one transaction, the steps a document lacks; run by the server when it loads one. False if there were none. */
export function migrate(doc: Y.Doc): boolean {
  const from = schemaOf(doc);
  if (from >= SCHEMA) return false;
  doc.transact(() => {
    for (const step of MIGRATIONS.slice(from)) step(doc);
    transactChanges(doc, [{ do: 'put', map: 'settings', id: SETTINGS_ID, fields: { schema: SCHEMA } }], 'repair');
  }, 'repair');
  return true;
}

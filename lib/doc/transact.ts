import * as Y from 'yjs';
import type { Change, MapName, Primitive } from '../mix';
import { MASTER } from '../mix';
import { isField, isRecordId, isValue, SETTINGS_ID } from './layout';

/** Who changed the document. Anything else as a transaction's origin, such as a provider, is somebody remote. */
export const ORIGINS = ['gesture', 'recall', 'repair'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The field without which a record of each map does not come into being; null where it needs none. SPEC.md 8. */
const BIRTH: Readonly<Record<MapName, string | null>> = {
  strips: 'kind',
  sends: null,
  inserts: 'type',
  markers: 'at',
  settings: null,
  automation: null,
  presets: 'type',
};

/** Whether putting these fields makes a record where there is none. SPEC.md 8. */
export function makesRecord({ map, id, fields }: Pick<Extract<Change, { do: 'put' }>, 'map' | 'id' | 'fields'>): boolean {
  const birth = BIRTH[map];
  return birth === null || fields[birth] !== undefined || id === MASTER;
}

function recordFor(root: Y.Map<unknown>, change: Extract<Change, { do: 'put' }>): Y.Map<unknown> | null {
  const found = root.get(change.id);
  if (found instanceof Y.Map) return found;
  if (!makesRecord(change)) return null;
  const made = new Y.Map<unknown>();
  root.set(change.id, made);
  return made;
}

function setField(record: Y.Map<unknown>, field: string, value: Primitive | undefined): void {
  if (value === undefined) {
    if (record.has(field)) record.delete(field);
  } else if (record.get(field) !== value) {
    // Writing what is there already would only make the document grow.
    record.set(field, value);
  }
}

/**
 * Carries out changes as one transaction. A `put` into a record that somebody has removed meanwhile does nothing, unless it
 * brings what makes a new one. Throws, with nothing changed, for what the layout does not know: that is a bug of the caller.
 */
export function transactChanges(doc: Y.Doc, changes: readonly Change[], origin: unknown): void {
  for (const change of changes) {
    if (!isRecordId(change.map, change.id)) throw new Error(`No id for ${change.map}: "${change.id}"`);
    if (change.do === 'put') checkFields(change);
  }
  doc.transact(() => {
    for (const change of changes) {
      const root = doc.getMap(change.map);
      if (change.do === 'remove') {
        if (root.has(change.id) && change.id !== SETTINGS_ID) root.delete(change.id);
        continue;
      }
      const record = recordFor(root, change);
      if (record) for (const [field, value] of Object.entries(change.fields)) setField(record, field, value);
    }
  }, origin);
}

function checkFields(change: Extract<Change, { do: 'put' }>): void {
  for (const [field, value] of Object.entries(change.fields)) {
    if (!isField(change.map, field)) throw new Error(`No field "${field}" in ${change.map}`);
    if (value !== undefined && !isValue(change.map, field, value)) {
      throw new Error(`${change.map} cannot keep ${JSON.stringify(value)} as "${field}"`);
    }
  }
}

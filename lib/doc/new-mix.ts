import type * as Y from 'yjs';
import { type Change, MASTER } from '../mix';
import { SETTINGS_ID } from './layout';
import { SCHEMA } from './migrate';
import { transactChanges } from './transact';

const AUXES = [
  { id: 'room', name: 'Room', color: 7, order: 'a0', insert: 'reverb' },
  { id: 'delay', name: 'Delay', color: 8, order: 'a1', insert: 'delay' },
] as const;

/** What a new mix begins with: the master, a room and a delay to send to, and the schema. */
function newMixChanges(): Change[] {
  const changes: Change[] = [
    { do: 'put', map: 'settings', id: SETTINGS_ID, fields: { schema: SCHEMA, tempo: 120 } },
    { do: 'put', map: 'strips', id: MASTER, fields: { kind: 'master', name: 'Master', order: 'a0' } },
  ];
  for (const aux of AUXES) {
    const { id, name, color, order, insert } = aux;
    changes.push({ do: 'put', map: 'strips', id, fields: { kind: 'aux', name, color, order, output: MASTER } });
    changes.push({ do: 'put', map: 'inserts', id: `${id}-${insert}`, fields: { strip: id, type: insert, order: 'a0', mix: 100 } });
  }
  return changes;
}

/** Lays a new mix into an empty document. */
export function newMix(doc: Y.Doc): void {
  transactChanges(doc, newMixChanges(), 'repair');
}

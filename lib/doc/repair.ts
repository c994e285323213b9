import * as Y from 'yjs';
import { type Change, type MapName, type Mix, type Primitive, vcaField } from '../mix';
import { isField, isRecordId, isValue, MAPS } from './layout';
import { readMix, readParts } from './read';
import { transactChanges } from './transact';

/**
 * The changes that make the document say what its mix shows: hidden sends and inserts go, outputs that were mended are
 * written, assignments to VCAs that are gone are taken out, the master is there. Pure and the same on every peer that holds the same document; empty for a mended one.
 */
export function repairChanges(doc: Y.Doc): Change[] {
  const parts = readParts(doc);
  const mix: Mix = readMix(doc);
  const changes: Change[] = [];
  for (const strip of mix.strips.values()) {
    const before = parts.strips.get(strip.id);
    if (!before)
      changes.push({ do: 'put', map: 'strips', id: strip.id, fields: { kind: strip.kind, name: strip.name, order: strip.order } });
    else {
      const fields: Record<string, Primitive | undefined> = {};
      if (before.output !== strip.output) fields.output = strip.output;
      if (before.key !== strip.key) fields['comp.key'] = undefined;
      for (const vca of before.vcas) if (!strip.vcas.includes(vca)) fields[vcaField(vca)] = undefined;
      if (Object.keys(fields).length > 0) changes.push({ do: 'put', map: 'strips', id: strip.id, fields });
    }
  }
  for (const id of parts.sends.keys()) if (!mix.sends.has(id)) changes.push({ do: 'remove', map: 'sends', id });
  for (const id of parts.inserts.keys()) if (!mix.inserts.has(id)) changes.push({ do: 'remove', map: 'inserts', id });
  for (const id of parts.automation.keys()) if (!mix.automation.has(id)) changes.push({ do: 'remove', map: 'automation', id });
  return changes;
}

/** Takes out of the document what the layout does not know; the gate lets none in, so it came from elsewhere. */
function sweep(doc: Y.Doc): void {
  for (const map of MAPS) {
    const root = doc.getMap(map);
    for (const [id, record] of [...root.entries()]) {
      if (!isRecordId(map, id) || !(record instanceof Y.Map)) root.delete(id);
      else sweepFields(map, record);
    }
  }
}

function sweepFields(map: MapName, record: Y.Map<unknown>): void {
  for (const [field, value] of [...record.entries()]) {
    if (!isField(map, field) || !isValue(map, field, value)) record.delete(field);
  }
}

/**
 * What of a lane lives, and what Yjs keeps of it for as long as its map is there: the keys that were removed and the values that
 * were written over.
 */
export function weightOf(lane: Y.Map<unknown>): { readonly live: number; readonly dead: number } {
  let [live, dead] = [0, 0];
  for (const last of lane._map.values()) {
    for (let item: Y.Item | null = last; item; item = item.left) {
      if (item.deleted) dead += item.length;
      else live += item.length;
    }
  }
  return { live, dead };
}

/**
 * Writes the repair of a converged document. The server does so when it loads one; peers never do, for what they show is
 * mended as it is read, and a deletion that is taken back must find again what hung on it.
 */
export function repairDocument(doc: Y.Doc): void {
  doc.transact(() => {
    sweep(doc);
    transactChanges(doc, repairChanges(doc), 'repair');
  }, 'repair');
}

import * as Y from 'yjs';
import { type Mix, mend, type Parts } from '../mix';
import { isRecordId, type MAPS, MOST, SETTINGS_ID } from './layout';
import { parseInsert, parseLane, parseMarker, parseSend, parseSettings, parseStrip, type RawRecord } from './parse';

const EMPTY: RawRecord = new Map();

/** A record of the document as a plain map of its fields; undefined where there is none, or something else lies there. */
export function rawRecord(doc: Y.Doc, map: (typeof MAPS)[number], id: string): RawRecord | undefined {
  const found = doc.getMap(map).get(id);
  return found instanceof Y.Map && isRecordId(map, id) ? new Map(found.entries()) : undefined;
}

/** Ids in a fixed order, no more than a mix may hold: what is over is left out on every machine alike. */
function ids(doc: Y.Doc, map: (typeof MAPS)[number]): string[] {
  return [...doc.getMap(map).keys()].sort().slice(0, MOST[map]);
}

function records<Id extends string, T>(
  doc: Y.Doc,
  map: (typeof MAPS)[number],
  parse: (id: string, record: RawRecord) => T | null,
): Map<Id, T> {
  const read = new Map<Id, T>();
  for (const id of ids(doc, map)) {
    const raw = rawRecord(doc, map, id);
    const record = raw && parse(id, raw);
    if (record) read.set(id as Id, record);
  }
  return read;
}

/** The parts of the mix as the document holds them, each valid in itself. */
export function readParts(doc: Y.Doc): Parts {
  return {
    strips: records(doc, 'strips', parseStrip),
    sends: records(doc, 'sends', parseSend),
    inserts: records(doc, 'inserts', parseInsert),
    markers: records(doc, 'markers', parseMarker),
    settings: parseSettings(rawRecord(doc, 'settings', SETTINGS_ID) ?? EMPTY),
    automation: records(doc, 'automation', parseLane),
  };
}

/** The mix of a document of any content: always valid, never throws. SPEC.md 10. */
export function readMix(doc: Y.Doc): Mix {
  return mend(readParts(doc));
}

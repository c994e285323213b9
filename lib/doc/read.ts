import * as Y from 'yjs';
import { type MapName, type Mix, mend, type Parts, type Primitive, type Records } from '../mix';
import { isRecordId, MAPS, MOST, SETTINGS_ID } from './layout';
import { parseInsert, parseLane, parseMarker, parsePreset, parseSend, parseSettings, parseStrip, type RawRecord } from './parse';

const EMPTY: RawRecord = new Map();

/** A record of the document as a plain map of its fields; undefined where there is none, or something else lies there. */
export function rawRecord(doc: Y.Doc, map: MapName, id: string): RawRecord | undefined {
  const found = doc.getMap(map).get(id);
  return found instanceof Y.Map && isRecordId(map, id) ? new Map(found.entries()) : undefined;
}

/** Where records are read from. */
interface Source {
  ids(map: MapName): Iterable<string>;
  record(map: MapName, id: string): RawRecord | undefined;
}

const sourceOf = (doc: Y.Doc): Source => ({
  ids: (map) => doc.getMap(map).keys(),
  record: (map, id) => rawRecord(doc, map, id),
});

/** Ids in a fixed order, no more than a mix may hold: what is over is left out on every machine alike. */
function ids(source: Source, map: MapName): string[] {
  return [...source.ids(map)].sort().slice(0, MOST[map]);
}

function records<Id extends string, T>(source: Source, map: MapName, parse: (id: string, record: RawRecord) => T | null): Map<Id, T> {
  const read = new Map<Id, T>();
  for (const id of ids(source, map)) {
    const raw = source.record(map, id);
    const record = raw && parse(id, raw);
    if (record) read.set(id as Id, record);
  }
  return read;
}

function partsOf(source: Source): Parts {
  return {
    strips: records(source, 'strips', parseStrip),
    sends: records(source, 'sends', parseSend),
    inserts: records(source, 'inserts', parseInsert),
    markers: records(source, 'markers', parseMarker),
    settings: parseSettings(source.record('settings', SETTINGS_ID) ?? EMPTY),
    automation: records(source, 'automation', parseLane),
    presets: records(source, 'presets', parsePreset),
  };
}

/** The parts of the mix as the document holds them, each valid in itself. */
export function readParts(doc: Y.Doc): Parts {
  return partsOf(sourceOf(doc));
}

/** All records of a document, to be changed at will. */
export function readRecords(doc: Y.Doc): Records {
  return new Map(
    MAPS.map((map) => [
      map,
      new Map([...doc.getMap(map).keys()].map((id) => [id, new Map(rawRecord(doc, map, id)) as Map<string, Primitive>])),
    ]),
  );
}

/** The mix of records, as that of a document that holds them. */
export function mixOfRecords(all: Records): Mix {
  return mend(partsOf({ ids: (map) => all.get(map)?.keys() ?? [], record: (map, id) => all.get(map)?.get(id) }));
}

/** The mix of a document of any content: always valid, never throws. SPEC.md 10. */
export function readMix(doc: Y.Doc): Mix {
  return mend(readParts(doc));
}

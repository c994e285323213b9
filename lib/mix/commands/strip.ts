import { generateKeyBetween } from 'fractional-indexing';
import { newId } from '../../std';
import { type InsertId, MASTER, type Mix, type StripId } from '../model/mix';
import type { InsertType } from '../parameters/insert';
import { INSERT_ROWS } from '../parameters/insert';
import { STRIP_ROWS } from '../parameters/strip';
import { wouldLoop } from '../routing/graph';
import type { Change } from './change';

/** A strip's new name; nothing where it is blank. */
export function renameStrip(id: StripId, name: string): Change[] {
  const clean = name.trim();
  return clean === '' ? [] : [{ do: 'put', map: 'strips', id, fields: { name: clean } }];
}

/** `color` indexes the twelve strip colours. */
export function colorStrip(id: StripId, color: number): Change[] {
  return [{ do: 'put', map: 'strips', id, fields: { color } }];
}

/** Every parameter of the strip, of its sends and of its inserts back to its default; name, colour and routing stay. */
export function resetStrip(mix: Mix, id: StripId): Change[] {
  const blank = (values: Readonly<Record<string, number>>) => Object.fromEntries(Object.keys(values).map((key) => [key, undefined]));
  const changes: Change[] = [];
  const add = (map: 'strips' | 'sends' | 'inserts', record: string, values: Readonly<Record<string, number>> | undefined) => {
    if (values && Object.keys(values).length > 0) changes.push({ do: 'put', map, id: record, fields: blank(values) });
  };
  add('strips', id, mix.strips.get(id)?.values);
  for (const send of mix.sends.values()) if (send.from === id) add('sends', send.id, send.values);
  for (const insert of mix.inserts.values()) if (insert.strip === id) add('inserts', insert.id, insert.values);
  return changes;
}

/** One processor of a strip (`eq`, `comp`, `gate`, `hpf`, …: the first word of its parameters) back to its defaults. */
export function resetProcessor(mix: Mix, id: StripId, processor: string): Change[] {
  const values = mix.strips.get(id)?.values ?? {};
  const touched = STRIP_ROWS.filter((row) => row.id.startsWith(`${processor}.`) && row.id in values);
  if (touched.length === 0) return [];
  return [{ do: 'put', map: 'strips', id, fields: Object.fromEntries(touched.map((row) => [row.id, undefined])) }];
}

/** Sends a strip's sound to a group or the master. Nothing where that would be a loop. */
export function routeStrip(mix: Mix, id: StripId, output: StripId): Change[] {
  return id === MASTER || wouldLoop(mix, id, output) ? [] : [{ do: 'put', map: 'strips', id, fields: { output } }];
}

/** Takes a strip away with its sends and inserts; what went through it goes where it went. The stem itself stays. */
export function removeStrip(mix: Mix, id: StripId): Change[] {
  const strip = mix.strips.get(id);
  if (!strip || strip.kind === 'master') return [];
  const changes: Change[] = [];
  for (const send of mix.sends.values()) if (send.from === id || send.to === id) changes.push({ do: 'remove', map: 'sends', id: send.id });
  for (const insert of mix.inserts.values()) if (insert.strip === id) changes.push({ do: 'remove', map: 'inserts', id: insert.id });
  for (const other of mix.strips.values())
    if (other.output === id) changes.push({ do: 'put', map: 'strips', id: other.id, fields: { output: strip.output } });
  return [...changes, { do: 'remove', map: 'strips', id }];
}

/** A new insert after the strip's last one. On an effect return it is all effect, elsewhere a third. */
export function addInsert(mix: Mix, strip: StripId, type: InsertType): Change[] {
  const target = mix.strips.get(strip);
  if (!target || !(type in INSERT_ROWS)) return [];
  const orders = [...mix.inserts.values()].filter((insert) => insert.strip === strip).map(({ order }) => order);
  const order = generateKeyBetween(orders.sort().at(-1) ?? null, null);
  const dry = target.kind === 'aux' ? {} : { mix: 33 };
  return [{ do: 'put', map: 'inserts', id: newId(), fields: { strip, type, order, ...dry } }];
}

export function removeInsert(id: InsertId): Change[] {
  return [{ do: 'remove', map: 'inserts', id }];
}

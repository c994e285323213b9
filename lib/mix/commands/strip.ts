import { generateKeyBetween } from 'fractional-indexing';
import { newId } from '../../std';
import type { InsertId, Mix, StripId } from '../model/mix';
import { followsVcas, vcaField, vcaMembers } from '../model/vca';
import { FAMILY_OF, INSERT_ROWS, type InsertType } from '../parameters/insert';
import type { StripKind } from '../parameters/row';
import { STRIP_ROWS } from '../parameters/strip';
import { wouldLoop } from '../routing/graph';
import { whyNotKey } from '../routing/keys';
import type { Change } from './change';
import { insertsOf, MOST_INSERTS } from './inserts';

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

/** Why a strip's sound cannot go to `output`, as a sentence; null where it can. */
export function whyNotRoute(mix: Mix, id: StripId, output: StripId): string | null {
  const strip = mix.strips.get(id);
  const place = mix.strips.get(output);
  if (!strip || !place) return 'That strip is gone. Nothing was changed.';
  if (strip.kind === 'master') return 'The master is where everything ends. It goes nowhere else.';
  if (strip.kind === 'vca') return 'A VCA has no sound that could go anywhere. It moves the faders of its members.';
  if (place.kind !== 'group' && place.kind !== 'master') return `${place.name} is no group. Choose a group or the master.`;
  if (id === output) return `${strip.name} cannot go into itself.`;
  if (wouldLoop(mix, id, output)) return `${place.name} already goes into ${strip.name}, so the sound would go round in a circle.`;
  return null;
}

/** Sends a strip's sound to a group or the master. Nothing where `whyNotRoute` says why not. */
export function routeStrip(mix: Mix, id: StripId, output: StripId): Change[] {
  return whyNotRoute(mix, id, output) === null ? [{ do: 'put', map: 'strips', id, fields: { output } }] : [];
}

/** Assigns a strip to a VCA or takes it off; nothing for what follows no VCAs. */
export function assignVca(mix: Mix, id: StripId, vca: StripId, on: boolean): Change[] {
  const strip = mix.strips.get(id);
  if (!strip || !followsVcas(strip) || mix.strips.get(vca)?.kind !== 'vca' || strip.vcas.includes(vca) === on) return [];
  return [{ do: 'put', map: 'strips', id, fields: { [vcaField(vca)]: on || undefined } }];
}

/** Lets a strip's compressor listen to another strip; null for itself. Nothing where `whyNotKey` says why not. */
export function keyStrip(mix: Mix, id: StripId, key: StripId | null): Change[] {
  if (key !== null && whyNotKey(mix, id, key) !== null) return [];
  return [{ do: 'put', map: 'strips', id, fields: { 'comp.key': key ?? undefined } }];
}

/**
 * Takes a strip away with its sends and inserts; what went through it goes where it went, so a group is dissolved by it.
 * The stem itself stays.
 */
export function removeStrip(mix: Mix, id: StripId): Change[] {
  const strip = mix.strips.get(id);
  if (!strip || strip.kind === 'master') return [];
  const changes: Change[] = [];
  for (const send of mix.sends.values()) if (send.from === id || send.to === id) changes.push({ do: 'remove', map: 'sends', id: send.id });
  for (const insert of mix.inserts.values()) if (insert.strip === id) changes.push({ do: 'remove', map: 'inserts', id: insert.id });
  for (const other of mix.strips.values())
    if (other.output === id) changes.push({ do: 'put', map: 'strips', id: other.id, fields: { output: strip.output } });
  for (const other of mix.strips.values())
    if (other.key === id) changes.push({ do: 'put', map: 'strips', id: other.id, fields: { 'comp.key': undefined } });
  for (const member of vcaMembers(mix, id)) changes.push({ do: 'put', map: 'strips', id: member, fields: { [vcaField(id)]: undefined } });
  return [...changes, { do: 'remove', map: 'strips', id }];
}

/** How much of a new effect is heard: all of it on an effect return, a third of a room or an echo elsewhere, else its default. */
function startMix(kind: StripKind, type: InsertType): { readonly mix?: number } {
  const rest = INSERT_ROWS[type].find((row) => row.id === 'mix')?.default;
  if (kind === 'aux') return rest === 100 ? {} : { mix: 100 };
  return FAMILY_OF[type] === 'Space' || FAMILY_OF[type] === 'Time' ? { mix: 33 } : {};
}

/** A new insert after the strip's last one; nothing where the strip has as many as it can, or is a VCA. */
export function addInsert(mix: Mix, strip: StripId, type: InsertType): Change[] {
  const target = mix.strips.get(strip);
  if (!target || target.kind === 'vca' || !(type in INSERT_ROWS)) return [];
  const orders = insertsOf(mix, strip).map(({ order }) => order);
  if (orders.length >= MOST_INSERTS) return [];
  const order = generateKeyBetween(orders.sort().at(-1) ?? null, null);
  return [{ do: 'put', map: 'inserts', id: newId(), fields: { strip, type, order, ...startMix(target.kind, type) } }];
}

export function removeInsert(id: InsertId): Change[] {
  return [{ do: 'remove', map: 'inserts', id }];
}

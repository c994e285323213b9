import type { MapName, Primitive } from '../commands/change';
import type { GestureAbout } from '../history/describe';
import type { Difference, Records } from '../history/difference';
import { type DifferenceWords, differenceWords } from '../history/words';
import { ownerOf } from './owner';

/** What differs on one strip, or in the song itself (`strip` null). */
export interface StripComparison {
  readonly strip: string | null;
  readonly name: string;
  readonly lines: readonly DifferenceWords[];
}

const MAPS: readonly MapName[] = ['settings', 'markers', 'strips', 'inserts', 'sends', 'automation'];
const NONE: ReadonlyMap<string, ReadonlyMap<string, Primitive>> = new Map();
/** Says how far the layout has been migrated: nothing of the mix. */
const UNTOLD = new Set(['schema']);

const textOf = (value: Primitive | undefined) => (typeof value === 'string' ? value : '');

/** Names of strips, and which effect sits where, in either of two mixes; the later one's names count. */
function namesIn(before: Records, after: Records): Pick<GestureAbout, 'names' | 'inserts'> {
  const names: Record<string, string> = {};
  const inserts: Record<string, { strip: string; type: string }> = {};
  for (const records of [before, after]) {
    for (const [id, fields] of records.get('strips') ?? NONE) names[id] = textOf(fields.get('name')) || (id === 'master' ? 'Master' : '');
    for (const [id, fields] of records.get('inserts') ?? NONE)
      inserts[id] = { strip: textOf(fields.get('strip')), type: textOf(fields.get('type')) };
  }
  return { names, inserts };
}

function differencesOf(
  map: MapName,
  id: string,
  before: ReadonlyMap<string, Primitive> | undefined,
  after: ReadonlyMap<string, Primitive> | undefined,
): Difference[] {
  if (!before || !after) {
    const fields = Object.fromEntries(before ?? after ?? []);
    return [{ did: after ? 'add' : 'remove', map, id, fields }];
  }
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => before.get(field) !== after.get(field) && !UNTOLD.has(field))
    .map((field) => ({ did: 'set', map, id, field, from: before.get(field), to: after.get(field) }));
}

/** "Lead Fader" on the strip Lead is "Fader". */
const without = (name: string, words: DifferenceWords): DifferenceWords =>
  name !== '' && words.what.startsWith(`${name} `) ? { ...words, what: words.what.slice(name.length + 1) } : words;

const NEW = { add: 'added', remove: 'taken away' } as const;

/**
 * What differs from one mix to another in a musician's words, strip by strip in the order of the second mix, the song first. Values
 * that both have at rest, one of them written down, are no difference.
 */
export function compareMixes(before: Records, after: Records): StripComparison[] {
  const about = namesIn(before, after);
  const inserts = new Map([...(before.get('inserts') ?? NONE), ...(after.get('inserts') ?? NONE)]);
  const found = new Map<string | null, DifferenceWords[]>();
  for (const map of MAPS) {
    const [was, is] = [before.get(map) ?? NONE, after.get(map) ?? NONE];
    for (const id of new Set([...was.keys(), ...is.keys()])) {
      const fields = is.get(id) ?? was.get(id) ?? new Map<string, Primitive>();
      const owner = ownerOf(map, id, fields, inserts);
      const lines = found.get(owner) ?? [];
      found.set(owner, lines);
      for (const one of differencesOf(map, id, was.get(id), is.get(id))) {
        const said = differenceWords(one, about);
        if (said.from !== null && said.from === said.to) continue;
        const words = one.did === 'set' ? said : { ...said, to: NEW[one.did] };
        const line = without(owner === null ? '' : (about.names[owner] ?? ''), words);
        if (!lines.some(({ what, from, to }) => what === line.what && from === line.from && to === line.to)) lines.push(line);
      }
    }
  }
  const order = [null, ...(after.get('strips') ?? NONE).keys(), ...(before.get('strips') ?? NONE).keys()];
  return [...new Set(order)].flatMap((strip) => {
    const lines = found.get(strip) ?? [];
    const name = strip === null ? 'Song' : about.names[strip] || 'A strip without a name';
    return lines.length === 0 ? [] : [{ strip, name, lines }];
  });
}

import { type Difference, folded } from '../../lib/mix';
import type { Away, User } from '../../lib/protocol';
import type { HistoryTable } from '../sql/database';
import { bodyOf } from './described';

/** Differences told of one strip. */
const MOST_TOLD = 6;

interface Strip {
  readonly strip: string | null;
  name: string;
  events: number;
  differences: Difference[];
}

type Person = Away['people'][number];

/** What each person did to each strip, from the first value to the last. `rows` are the oldest first. */
export function summary(rows: readonly HistoryTable[], people: (id: string) => User): Pick<Away, 'events' | 'people'> {
  const byPerson = new Map<string, HistoryTable[]>();
  for (const row of rows) {
    if (row.user_id === null) continue;
    byPerson.set(row.user_id, [...(byPerson.get(row.user_id) ?? []), row]);
  }
  const told = [...byPerson].map(([id, own]) => personOf(own, people(id))).sort((a, b) => b.events - a.events);
  return { events: told.reduce((sum, { events }) => sum + events, 0), people: told };
}

function personOf(rows: readonly HistoryTable[], by: User): Person {
  const strips = new Map<string, Strip>();
  const names: Record<string, string> = {};
  const inserts: Person['inserts'] = {};
  for (const row of rows) {
    const body = bodyOf(row);
    Object.assign(names, body.names);
    Object.assign(inserts, body.inserts);
    const id = row.strips.split('/').find(Boolean) ?? '';
    const strip = strips.get(id) ?? { strip: id || null, name: '', events: 0, differences: [] };
    strip.name = id === '' ? 'Song' : (body.names[id] ?? strip.name);
    strip.events += 1;
    for (const one of body.differences) lay(strip.differences, one);
    strips.set(id, strip);
  }
  return {
    by,
    events: rows.length,
    strips: [...strips.values()]
      .filter(({ differences }) => differences.length > 0)
      .map(({ strip, name, events, differences }) => ({
        strip,
        name,
        events,
        differences: differences.slice(0, MOST_TOLD),
        more: Math.max(0, differences.length - MOST_TOLD),
      })),
    names,
    inserts,
  };
}

/** Lays a later difference over what there is of the same field: what was brought back is not told. */
function lay(differences: Difference[], later: Difference): void {
  const at = differences.findIndex(
    (one) => one.did === 'set' && later.did === 'set' && one.map === later.map && one.id === later.id && one.field === later.field,
  );
  const earlier = differences[at];
  if (earlier === undefined) {
    differences.push(later);
    return;
  }
  const [both] = folded([earlier], [later]) ?? [];
  if (both) differences[at] = both;
  else differences.splice(at, 1);
}

import type { MapName } from '../commands/change';
import { targetOf } from '../model/target';
import type { Difference, Look } from './difference';

/** What kind of gesture it was, for its one line in the history. `upkeep` is the service's own work, which nobody asked for. */
const GESTURE_KINDS = ['set', 'move', 'add', 'remove', 'automation', 'several', 'upkeep'] as const;
type GestureKind = (typeof GESTURE_KINDS)[number];

/** What a gesture was about, with the names that things had: they may be gone or called otherwise by the time somebody reads it. */
export interface GestureAbout {
  readonly kind: GestureKind;
  /** The ids of the strips that it touches, the one it is about first. */
  readonly strips: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  /** The inserts that it touches: the strip of each and its type. */
  readonly inserts: Readonly<Record<string, { readonly strip: string; readonly type: string }>>;
}

/** So many strips, and inserts, are told of by name; a gesture that touches more is about the mix. */
const MOST_NAMED = 32;
/** Which of several records a gesture is about: who removes a strip removes what hangs on it. */
const RANK: readonly MapName[] = ['strips', 'inserts', 'sends', 'markers', 'settings', 'automation', 'presets'];

function kindOf(differences: readonly Difference[]): GestureKind {
  if (differences.every(({ map }) => map === 'automation')) return 'automation';
  const rank = Math.min(...differences.map(({ map }) => RANK.indexOf(map)));
  const main = differences.filter(({ map }) => RANK.indexOf(map) === rank);
  const came = differences.filter(({ did, map }) => did !== 'set' && RANK.indexOf(map) === rank);
  const [only] = came;
  if (only && came.length === 1 && main.every(({ id }) => id === only.id)) return only.did === 'add' ? 'add' : 'remove';
  if (came.length > 0 || new Set(differences.map(({ map, id }) => `${map}/${id}`)).size > 1) return 'several';
  const places = main[0]?.map === 'markers' ? 'at' : 'order';
  return differences.every((one) => one.did === 'set' && one.field === places) ? 'move' : 'set';
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Tells what differences are about; `look` finds the records as they now are. There must be a difference. */
export function describeGesture(differences: readonly Difference[], look: Look): GestureAbout {
  const gone = new Map(differences.flatMap((one) => (one.did === 'remove' ? [[`${one.map}/${one.id}`, one.fields] as const] : [])));
  const field = (map: MapName, id: string, name: string) => textOf(look(map, id)?.get(name) ?? gone.get(`${map}/${id}`)?.[name]);
  const strips = new Set<string>();
  const inserts = new Map<string, { strip: string; type: string }>();
  const takeInsert = (id: string) => {
    const [strip, type] = [field('inserts', id, 'strip'), field('inserts', id, 'type')];
    if (strip === null || type === null) return;
    strips.add(strip);
    if (inserts.size < MOST_NAMED) inserts.set(id, { strip, type });
  };
  const ranked = [...differences].sort((a, b) => RANK.indexOf(a.map) - RANK.indexOf(b.map));
  for (const { map, id } of ranked) {
    if (strips.size >= MOST_NAMED) break;
    const target = map === 'automation' ? targetOf(id) : null;
    if (map === 'strips' || target?.on === 'strip') strips.add(target?.id ?? id);
    else if (map === 'sends' || target?.on === 'send') for (const end of (target?.id ?? id).split('>')) strips.add(end);
    else if (map === 'inserts' || target?.on === 'insert') takeInsert(target?.id ?? id);
  }
  const names: Record<string, string> = {};
  for (const id of strips) names[id] = (field('strips', id, 'name') ?? '').slice(0, 80);
  return { kind: kindOf(differences), strips: [...strips], names, inserts: Object.fromEntries(inserts) };
}

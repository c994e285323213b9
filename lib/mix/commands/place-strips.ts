import { type InsertId, MASTER, type Mix, type Strip, type StripId } from '../model/mix';
import { followsVcas, vcaField } from '../model/vca';
import type { InsertType } from '../parameters/insert';
import type { StripKind } from '../parameters/row';
import { FIRST_ORDER } from '../repair/strip-defaults';
import type { Change } from './change';
import { placeBefore } from './order';

const COLORS = 12;

const put = (id: StripId, fields: Extract<Change, { do: 'put' }>['fields']): Change => ({ do: 'put', map: 'strips', id, fields });

function inOrder(mix: Mix) {
  return [...mix.strips.values()].filter((strip) => strip.id !== MASTER);
}

export interface NewStrip {
  readonly id: StripId;
  readonly name: string;
  /** One of the twelve colours; the next in turn where absent. */
  readonly color?: number;
  /** The strip it is put before; last where absent. */
  readonly before?: StripId;
}

function add(mix: Mix, strip: NewStrip, kind: Exclude<StripKind, 'master'>, more: { stem?: string; output?: StripId } = {}): Change[] {
  const { order, changes } = placeBefore('strips', inOrder(mix), strip.before ?? null);
  const color = strip.color ?? inOrder(mix).length % COLORS;
  const output = kind === 'vca' ? {} : { output: MASTER };
  return [...changes, put(strip.id, { kind, name: strip.name, color, order, ...output, ...more })];
}

const isRouted = (strip: Strip | undefined) => strip !== undefined && strip.kind !== 'master' && strip.kind !== 'vca';

/** A strip that plays a stem, into `output` (a group) or the master. */
export function addStrip(mix: Mix, strip: NewStrip & { readonly stem: string | null; readonly output?: StripId }): Change[] {
  const output = strip.output !== undefined && mix.strips.get(strip.output)?.kind === 'group' ? strip.output : MASTER;
  return add(mix, strip, 'stem', { output, ...(strip.stem === null ? {} : { stem: strip.stem }) });
}

/** A VCA; `members` are assigned to it. */
export function addVca(mix: Mix, vca: NewStrip, members: readonly StripId[] = []): Change[] {
  const assigned = members
    .map((id) => mix.strips.get(id))
    .filter((strip) => strip !== undefined && strip.id !== vca.id && followsVcas(strip));
  return [...add(mix, vca, 'vca'), ...assigned.flatMap((strip) => (strip ? put(strip.id, { [vcaField(vca.id)]: true }) : []))];
}

/** A group; `members` are routed to it, where that makes no loop. */
export function addGroup(mix: Mix, group: NewStrip, members: readonly StripId[] = []): Change[] {
  const routed = members.filter((id) => id !== group.id && isRouted(mix.strips.get(id)));
  return [...add(mix, group, 'group'), ...routed.map((id) => put(id, { output: group.id }))];
}

/** An aux to send to, with its effect. */
export function addAux(mix: Mix, aux: NewStrip, effect?: { readonly id: InsertId; readonly type: InsertType }): Change[] {
  const fields = effect && { strip: aux.id, type: effect.type, order: FIRST_ORDER };
  return [...add(mix, aux, 'aux'), ...(effect && fields ? [{ do: 'put', map: 'inserts', id: effect.id, fields } as const] : [])];
}

/** Puts a strip before another, or last with null. The master stays where it is. */
export function moveStrip(mix: Mix, id: StripId, before: StripId | null): Change[] {
  if (id === MASTER || id === before || !mix.strips.has(id)) return [];
  const others = inOrder(mix).filter((strip) => strip.id !== id);
  const { order, changes } = placeBefore('strips', others, before);
  return [...changes, put(id, { order })];
}

import type { InsertId, Mix, StripId } from '../../mix';
import type { Lacking } from '../plan/lacking';

/** What of the shown mix found no memory. All but that sounds. */
export interface LeftOut extends Lacking {
  readonly inserts: ReadonlySet<InsertId>;
}

/** What the user is told of it; null where nothing is left out. */
export function shortOf(mix: Mix, { inserts, delays, outputs, sends, lanes }: LeftOut): string | null {
  const nameOf = (strip: StripId) => mix.strips.get(strip)?.name ?? strip;
  const waiting = new Set([...outputs, ...[...sends].flatMap((id) => mix.sends.get(id)?.from ?? [])]);
  const names = [
    ...[...inserts].flatMap((id) => mix.inserts.get(id) ?? []).map(({ type, strip }) => `${type} on ${nameOf(strip)}`),
    ...[...delays].map((id) => `delay of ${nameOf(id)}`),
    ...[...waiting].map((id) => `latency compensation of ${nameOf(id)}`),
    ...(lanes.size > 0 ? [`automation of ${lanes.size} ${lanes.size === 1 ? 'control' : 'controls'}`] : []),
  ];
  if (names.length === 0) return null;
  return `There is not enough memory for the ${names.join(', the ')}: you hear the mix without. Your work is safe. Close other tabs and reload the page.`;
}

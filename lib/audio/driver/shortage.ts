import type { InsertId, Mix, StripId } from '../../mix';
import type { Lacking } from '../plan/lacking';

/** What of the shown mix found no memory. All but that sounds. */
export interface LeftOut extends Lacking {
  readonly inserts: ReadonlySet<InsertId>;
}

/** What of the shown mix does not sound as it should. */
export interface Short extends LeftOut {
  /** Strips that come early, and by how many frames: others are later than the desk can wait. */
  readonly ahead: ReadonlyMap<StripId, number>;
}

const FRAMES_PER_MS = 48;

const nameOf = (mix: Mix, strip: StripId) => mix.strips.get(strip)?.name ?? strip;

/** What the user is told of it, and of `stems` without memory; null where all is as it should be. */
export function shortOf(mix: Mix, short: Short, stems: readonly string[] = []): string | null {
  const told = [memoryOf(mix, short, stems), aheadOf(mix, short)].filter((words) => words !== null);
  return told.length > 0 ? told.join(' ') : null;
}

function aheadOf(mix: Mix, { ahead }: Short): string | null {
  if (ahead.size === 0) return null;
  const most = Math.max(1, Math.round(Math.max(...ahead.values()) / FRAMES_PER_MS));
  const names = [...ahead.keys()].map((strip) => nameOf(mix, strip));
  const who = names.length === 1 ? `${names[0]} comes` : `${names.join(', ')} come up to`;
  return `${who} ${most} ms early: other paths are later than can be made up for. Use shorter look-aheads or fewer effects on them.`;
}

function memoryOf(mix: Mix, { inserts, delays, outputs, sends, lanes }: LeftOut, stems: readonly string[]): string | null {
  const waiting = new Set([...outputs, ...[...sends].flatMap((id) => mix.sends.get(id)?.from ?? [])]);
  const silent = [...mix.strips.values()].filter(({ stem }) => stem !== null && stems.includes(stem));
  const names = [
    ...silent.map(({ name }) => `stem of ${name}`),
    ...[...inserts].flatMap((id) => mix.inserts.get(id) ?? []).map(({ type, strip }) => `${type} on ${nameOf(mix, strip)}`),
    ...[...delays].map((id) => `delay of ${nameOf(mix, id)}`),
    ...[...waiting].map((id) => `latency compensation of ${nameOf(mix, id)}`),
    ...(lanes.size > 0 ? [`automation of ${lanes.size} ${lanes.size === 1 ? 'control' : 'controls'}`] : []),
  ];
  if (names.length === 0) return null;
  return `There is not enough memory for the ${names.join(', the ')}: you hear the mix without. Your work is safe. Close other tabs and reload the page.`;
}

import type { Decibels } from '../../units';
import { type Mix, type SendId, type StripId, sendId } from '../model/mix';
import { sendRow } from '../parameters/table';
import { wouldLoop } from '../routing/graph';
import type { Change } from './change';

/** A send from a strip to an aux, silent unless a level is given; nothing where there is one, or it would make a loop. */
export function createSend(mix: Mix, from: StripId, to: StripId, level?: Decibels): Change[] {
  const id = sendId(from, to);
  const kind = mix.strips.get(from)?.kind;
  if (!kind || kind === 'master' || kind === 'vca' || mix.strips.get(to)?.kind !== 'aux') return [];
  if (mix.sends.has(id) || wouldLoop(mix, from, to)) return [];
  const silent = level === undefined || level === sendRow('level')?.default;
  return [{ do: 'put', map: 'sends', id, fields: silent ? {} : { level } }];
}

export function removeSend(mix: Mix, id: SendId): Change[] {
  return mix.sends.has(id) ? [{ do: 'remove', map: 'sends', id }] : [];
}

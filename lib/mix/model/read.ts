import type { ParameterRow } from '../parameters/row';
import { insertRow, sendRow, stripRow } from '../parameters/table';
import type { Mix, SendId, Strip, Target, Values } from './mix';

/** True where a send could be: its strip and its aux are there, whether or not anybody has sent anything yet. */
function sendable(mix: Mix, id: SendId): boolean {
  const [from, to] = id.split('>');
  return mix.strips.has(from ?? '') && mix.strips.get(to ?? '')?.kind === 'aux';
}

/** The table's row for a target, or undefined where the mix has no such control. */
export function rowOf(mix: Mix, target: Target): ParameterRow | undefined {
  if (target.on === 'send') return sendable(mix, target.id) ? sendRow(target.parameter) : undefined;
  if (target.on === 'insert') {
    const insert = mix.inserts.get(target.id);
    return insert && insertRow(insert.type, target.parameter);
  }
  const strip = mix.strips.get(target.id);
  return strip && stripRow(target.parameter, strip.kind);
}

function valuesOf(mix: Mix, target: Target): Values | undefined {
  if (target.on === 'send') return mix.sends.get(target.id)?.values;
  if (target.on === 'insert') return mix.inserts.get(target.id)?.values;
  return mix.strips.get(target.id)?.values;
}

/** The value of a control: what the mix holds, else the row's default; 0 where there is no such control. */
export function targetValue(mix: Mix, target: Target): number {
  return valuesOf(mix, target)?.[target.parameter] ?? rowOf(mix, target)?.default ?? 0;
}

/** The value of a strip's parameter, or its default. */
export function stripValue(strip: Strip, parameter: string): number {
  return strip.values[parameter] ?? stripRow(parameter)?.default ?? 0;
}

import type { ParameterRow } from '../parameters/row';
import { insertRow, sendRow, stripRow } from '../parameters/table';
import type { Mix, Strip, Target, Values } from './mix';

/** The table's row for a target, or undefined where the mix has no such control. */
export function rowOf(mix: Mix, target: Target): ParameterRow | undefined {
  if (target.on === 'send') return sendRow(target.parameter);
  if (target.on === 'insert') {
    const insert = mix.inserts.get(target.id);
    return insert && insertRow(insert.type, target.parameter);
  }
  return stripRow(target.parameter, mix.strips.get(target.id)?.kind);
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

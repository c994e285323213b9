import { insertRow, type ParameterRow, stripRow, type Target } from '../../../lib/mix';

/** Who has an equaliser: a strip its own, or an effect. */
export interface EqOwner {
  readonly on: 'strip' | 'insert';
  readonly id: string;
  /** What its controls are called after. */
  readonly name: string;
}

type Owner = Pick<EqOwner, 'on' | 'id'>;

/** An effect is nothing but its equaliser: its switch is the effect's own. */
const own = (on: EqOwner['on'], parameter: string) => (on === 'insert' && parameter === 'eq.on' ? 'on' : parameter);

/** A parameter of an equaliser, by its id on a strip. */
export function eqTarget({ on, id }: Owner, parameter: string): Target {
  return { on, id, parameter: own(on, parameter) };
}

export function eqRow({ on }: Owner, parameter: string): ParameterRow | undefined {
  return on === 'strip' ? stripRow(parameter) : insertRow('eq', own(on, parameter));
}

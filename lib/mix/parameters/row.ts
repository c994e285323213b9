/** How a parameter's value maps to a control's travel (0…1). See `lib/mix/laws`. */
type Law = 'linear' | 'log' | 'fader' | 'switch' | 'choice';

type Unit = 'dB' | 'Hz' | 'ms' | 's' | '%' | 'ratio' | 'Q' | 'pan' | 'none';

/** What carries the parameter: a strip, a send from a strip to an aux, or an insert of one type. */
export type Owner = 'strip' | 'send' | 'insert';

/**
 * One row of the parameter table: all that the document's checks, the controls, the engine, automation, MIDI, history
 * and help know of a parameter. Switches are 0 or 1; a choice is the index of one of `choices`.
 */
export interface ParameterRow {
  readonly id: string;
  readonly owner: Owner;
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly law: Law;
  /** Time constant in milliseconds with which the desk follows a change; 0 for switches, which cross-fade instead. */
  readonly smoothing: number;
  readonly label: string;
  /** At most six characters, for a narrow strip. */
  readonly short: string;
  readonly help: string;
  readonly choices?: readonly string[];
  /** Set where the hand moves in steps of so much, in the row's unit: a sample of a delay that aligns. */
  readonly grain?: number;
  /** Set where no lane can move it: what the whole mix has to wait for is known before it plays. */
  readonly fixed?: true;
  /** Set where only some kinds of strip have it; without it every kind does. */
  readonly kinds?: readonly StripKind[];
}

/** A VCA has no sound of its own: its fader and mute act on the strips assigned to it. */
export type StripKind = 'stem' | 'group' | 'aux' | 'vca' | 'master';

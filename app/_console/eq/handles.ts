import { bandColor } from './colors';
import type { EqOwner } from './owner';
import { BANDS } from './settings';

export const CUT_COLOR = '#9aa4b2';

/** What a handle moves: frequency across, and gain up and down where there is one; the wheel turns `turn`. */
export interface Handle {
  readonly name: string;
  readonly mark: string;
  readonly color: string;
  /** Parameter ids. */
  readonly on: string;
  readonly freq: string;
  readonly gain: string | null;
  /** Q of a band, slope of a filter. */
  readonly turn: string;
}

function cut(owner: EqOwner, which: 'hpf' | 'lpf', mark: string, name: string): Handle {
  const id = (parameter: string) => `${which}.${parameter}`;
  return { name: `${owner.name} ${name}`, mark, color: CUT_COLOR, on: id('on'), freq: id('freq'), gain: null, turn: id('slope') };
}

function band(owner: EqOwner, number: number): Handle {
  const id = (parameter: string) => `eq.${number}.${parameter}`;
  const name = `${owner.name} EQ ${number}`;
  return { name, mark: String(number), color: bandColor(number), on: id('on'), freq: id('freq'), gain: id('gain'), turn: id('q') };
}

/** A handle for each band, and for each filter of a strip; the bands over the filters. */
export function handlesOf(owner: EqOwner): readonly Handle[] {
  const bands = BANDS.map((number) => band(owner, number));
  return owner.on === 'insert' ? bands : [cut(owner, 'hpf', 'H', 'High-pass'), cut(owner, 'lpf', 'L', 'Low-pass'), ...bands];
}

import type { Strip } from '../../../lib/mix';
import { bandColor } from './colors';
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

function cut(strip: Strip, which: 'hpf' | 'lpf', mark: string, name: string): Handle {
  const id = (parameter: string) => `${which}.${parameter}`;
  return { name: `${strip.name} ${name}`, mark, color: CUT_COLOR, on: id('on'), freq: id('freq'), gain: null, turn: id('slope') };
}

function band(strip: Strip, number: number): Handle {
  const id = (parameter: string) => `eq.${number}.${parameter}`;
  const name = `${strip.name} EQ ${number}`;
  return { name, mark: String(number), color: bandColor(number), on: id('on'), freq: id('freq'), gain: id('gain'), turn: id('q') };
}

/** A handle for each band and each filter; the bands over the filters. */
export function handlesOf(strip: Strip): readonly Handle[] {
  return [cut(strip, 'hpf', 'H', 'High-pass'), cut(strip, 'lpf', 'L', 'Low-pass'), ...BANDS.map((number) => band(strip, number))];
}

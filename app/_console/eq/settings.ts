'use client';

import { useMemo } from 'react';
import { EQ_BANDS, SLOPES } from '../../../lib/mix';
import { useValue, useValues } from '../../_session';
import { type EqOwner, eqTarget } from './owner';

export interface BandSettings {
  readonly on: boolean;
  /** Index into `EQ_TYPES`. */
  readonly type: number;
  /** Hz, dB. */
  readonly freq: number;
  readonly gain: number;
  readonly q: number;
}

interface CutSettings {
  readonly on: boolean;
  readonly freq: number;
  /** dB per octave. */
  readonly slope: number;
}

/** All that shapes the frequency response. */
export interface EqSettings {
  /** Of the equaliser; high- and low-pass have their own switches. */
  readonly on: boolean;
  readonly hpf: CutSettings;
  readonly lpf: CutSettings;
  readonly bands: readonly BandSettings[];
  /** How much of the equalised sound is heard, 0…1: all of it on a strip, an effect's own mix. */
  readonly mix: number;
}

export const BANDS: readonly number[] = Array.from({ length: EQ_BANDS }, (_, index) => index + 1);
const PARAMETERS: readonly string[] = [
  'eq.on',
  ...['hpf', 'lpf'].flatMap((cut) => [`${cut}.on`, `${cut}.freq`, `${cut}.slope`]),
  ...BANDS.flatMap((band) => ['on', 'type', 'freq', 'gain', 'q'].map((name) => `eq.${band}.${name}`)),
];

function cut(at: (parameter: string) => number, which: 'hpf' | 'lpf'): CutSettings {
  return { on: at(`${which}.on`) >= 0.5, freq: at(`${which}.freq`), slope: SLOPES[at(`${which}.slope`)] ?? 12 };
}

/** An equaliser as heard now, with everybody's moving hands; an effect has no high- and low-pass. */
export function useEqSettings({ on, id }: Pick<EqOwner, 'on' | 'id'>): EqSettings {
  const targets = useMemo(() => PARAMETERS.map((parameter) => eqTarget({ on, id }, parameter)), [on, id]);
  const values = useValues(targets);
  const mix = useValue({ on, id, parameter: 'mix' });
  return useMemo(() => {
    const at = (parameter: string) => values[PARAMETERS.indexOf(parameter)] ?? 0;
    const bands = BANDS.map((band) => ({
      on: at(`eq.${band}.on`) >= 0.5,
      type: at(`eq.${band}.type`),
      freq: at(`eq.${band}.freq`),
      gain: at(`eq.${band}.gain`),
      q: at(`eq.${band}.q`),
    }));
    return { on: at('eq.on') >= 0.5, hpf: cut(at, 'hpf'), lpf: cut(at, 'lpf'), bands, mix: on === 'insert' ? mix / 100 : 1 };
  }, [values, mix, on]);
}

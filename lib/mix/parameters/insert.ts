import { delay } from './inserts/delay';
import { reverb } from './inserts/reverb';
import type { ParameterRow } from './row';

/** Every type of insert, in the order of the numbers the desk knows them by: what comes new goes to the end. */
export const INSERT_TYPES = ['reverb', 'delay'] as const;
export type InsertType = (typeof INSERT_TYPES)[number];

/** What people call each type. */
export const INSERT_NAMES: Readonly<Record<InsertType, string>> = { reverb: 'Reverb', delay: 'Delay' };

/** The headings under which effects are offered, in their order. */
export const INSERT_FAMILIES = ['Space', 'Time', 'Modulation', 'Colour', 'Dynamics', 'Tone', 'Stereo'] as const;
export type InsertFamily = (typeof INSERT_FAMILIES)[number];

export const FAMILY_OF: Readonly<Record<InsertType, InsertFamily>> = { reverb: 'Space', delay: 'Time' };

/** The parameters of each type of insert; `on` is the first, `mix` the second of each. */
export const INSERT_ROWS: Readonly<Record<InsertType, readonly ParameterRow[]>> = { reverb, delay };

import { chorus } from './inserts/chorus';
import { compressor } from './inserts/compressor';
import { crusher } from './inserts/crusher';
import { deesser } from './inserts/deesser';
import { delay } from './inserts/delay';
import { distortion } from './inserts/distortion';
import { eq } from './inserts/eq';
import { flanger } from './inserts/flanger';
import { gate } from './inserts/gate';
import { limiter } from './inserts/limiter';
import { multiband } from './inserts/multiband';
import { phaser } from './inserts/phaser';
import { reverb } from './inserts/reverb';
import { transient } from './inserts/transient';
import { tremolo } from './inserts/tremolo';
import { width } from './inserts/width';
import type { ParameterRow } from './row';

/** Every type of insert, in the order of the numbers the desk knows them by: what comes new goes to the end. */
export const INSERT_TYPES = [
  'reverb',
  'delay',
  'chorus',
  'flanger',
  'phaser',
  'tremolo',
  'distortion',
  'crusher',
  'width',
  'compressor',
  'gate',
  'eq',
  'limiter',
  'deesser',
  'transient',
  'multiband',
] as const;
export type InsertType = (typeof INSERT_TYPES)[number];

/** What people call each type. */
export const INSERT_NAMES: Readonly<Record<InsertType, string>> = {
  reverb: 'Reverb',
  delay: 'Delay',
  chorus: 'Chorus',
  flanger: 'Flanger',
  phaser: 'Phaser',
  tremolo: 'Tremolo',
  distortion: 'Distortion',
  crusher: 'Bit crusher',
  width: 'Stereo width',
  compressor: 'Compressor',
  gate: 'Gate',
  eq: 'EQ',
  limiter: 'Limiter',
  deesser: 'De-esser',
  transient: 'Transient shaper',
  multiband: 'Multiband compressor',
};

/** The headings under which effects are offered, in their order. */
export const INSERT_FAMILIES = ['Space', 'Time', 'Modulation', 'Colour', 'Dynamics', 'Tone', 'Stereo'] as const;
export type InsertFamily = (typeof INSERT_FAMILIES)[number];

export const FAMILY_OF: Readonly<Record<InsertType, InsertFamily>> = {
  reverb: 'Space',
  delay: 'Time',
  chorus: 'Modulation',
  flanger: 'Modulation',
  phaser: 'Modulation',
  tremolo: 'Modulation',
  distortion: 'Colour',
  crusher: 'Colour',
  width: 'Stereo',
  compressor: 'Dynamics',
  gate: 'Dynamics',
  eq: 'Tone',
  limiter: 'Dynamics',
  deesser: 'Dynamics',
  transient: 'Dynamics',
  multiband: 'Dynamics',
};

/** The parameters of each type of insert; `on` is the first, `mix` the second of each. */
export const INSERT_ROWS: Readonly<Record<InsertType, readonly ParameterRow[]>> = {
  reverb,
  delay,
  chorus,
  flanger,
  phaser,
  tremolo,
  distortion,
  crusher,
  width,
  compressor,
  gate,
  eq,
  limiter,
  deesser,
  transient,
  multiband,
};

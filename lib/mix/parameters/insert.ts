import { chorus } from './inserts/chorus';
import { crusher } from './inserts/crusher';
import { delay } from './inserts/delay';
import { distortion } from './inserts/distortion';
import { flanger } from './inserts/flanger';
import { phaser } from './inserts/phaser';
import { reverb } from './inserts/reverb';
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
};

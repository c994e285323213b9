import type { InsertType } from '../parameters/insert';
import { crusher, distortion, width } from './colour';
import { compressor, deesser, eq, gate, limiter, multiband, transient } from './dynamics-and-tone';
import { chorus, flanger, phaser, tremolo } from './modulation';
import type { Preset } from './preset';
import { delay, reverb } from './space-and-time';

/** Settings to begin from, by type of effect. */
export const INSERT_PRESETS: Readonly<Partial<Record<InsertType, readonly Preset[]>>> = {
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

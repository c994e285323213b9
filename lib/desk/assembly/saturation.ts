// A strip's saturation, between its compressor and its inserts: at four times the rate, off it costs nothing.

import { blend } from './gain';
import {
  STRIP_SAT_CURVE,
  STRIP_SAT_DRIVE,
  STRIP_SAT_MIX,
  STRIP_SAT_ON,
  STRIP_SAT_OUTPUT,
} from './generated/parameters';
import { SATURATIONS, SCRATCH } from './layout';
import { Saturation, SATURATION_BYTES, SATURATION_SHAPER } from './saturation-record';
import { processShaper, resetShaper, SHAPER_BYTES_4 } from './shaper';
import { decibelsToGain, SWITCH_FRAMES, toward } from './units';
import { isOn, valueOf } from './values';

/** Frames that the way up to four times the rate and back delays lows by. */
export const SATURATION_LATENCY: i32 = 5;

@inline
function saturationAt(strip: i32): Saturation {
  return changetype<Saturation>(SATURATIONS + <usize>strip * SATURATION_BYTES);
}

@inline
function curveOf(values: usize): i32 {
  return <i32>valueOf(values, STRIP_SAT_CURVE);
}

function clear(saturation: Saturation, values: usize): void {
  const drive = decibelsToGain(valueOf(values, STRIP_SAT_DRIVE));
  const output = decibelsToGain(valueOf(values, STRIP_SAT_OUTPUT));
  const shaper = changetype<usize>(saturation) + SATURATION_SHAPER;
  resetShaper(shaper, SHAPER_BYTES_4, curveOf(values), drive, valueOf(values, STRIP_SAT_MIX) / 100.0, output);
}

export function resetSaturation(strip: i32, values: usize): void {
  const saturation = saturationAt(strip);
  saturation.amount = isOn(values, STRIP_SAT_ON) ? 1.0 : 0.0;
  clear(saturation, values);
}

export function processSaturation(strip: i32, values: usize, buffer: usize, frames: i32): void {
  const saturation = saturationAt(strip);
  const on = isOn(values, STRIP_SAT_ON);
  const before = saturation.amount;
  if (before == 0.0 && !on) return;
  if (before == 0.0) clear(saturation, values);
  saturation.amount = toward(before, on ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const full = before == 1.0 && saturation.amount == 1.0;
  if (!full) memory.copy(SCRATCH, buffer, <usize>frames << 4);
  const drive = decibelsToGain(valueOf(values, STRIP_SAT_DRIVE));
  const output = decibelsToGain(valueOf(values, STRIP_SAT_OUTPUT));
  const mix = valueOf(values, STRIP_SAT_MIX) / 100.0;
  const shaper = changetype<usize>(saturation) + SATURATION_SHAPER;
  processShaper(shaper, buffer, frames, false, curveOf(values), drive, mix, output);
  if (!full) blend(SCRATCH, buffer, frames, 1.0 - before, 1.0 - saturation.amount);
}

// Drive into a curve at eight times the rate, then a tone control.

import { designLowPass } from '../../../dsp/response/design';
import { clearState, runMoving, storeGoal, takeGoal } from '../biquad';
import {
  DISTORTION_CURVE,
  DISTORTION_DRIVE,
  DISTORTION_MIX,
  DISTORTION_OUTPUT,
  DISTORTION_TONE,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { SECTION_BYTES } from '../section-record';
import { processShaper, resetShaper, SHAPER_BYTES_8 } from '../shaper';
import { decibelsToGain, SAMPLE_RATE } from '../units';
import { targetOf, valueOf } from '../values';

const SHAPER: usize = 128;
export const DISTORTION_BYTES: usize = SHAPER + SHAPER_BYTES_8;
/** What the way up to eight times the rate and back delays lows by. */
export const DISTORTION_LATENCY: i32 = 6;

/** The tone control as a section's goal; it takes the whole, dry part and all, so that there is no comb. */
function designTone(section: usize, values: usize): void {
  designLowPass((2.0 * Math.PI * Math.exp(valueOf(values, DISTORTION_TONE))) / SAMPLE_RATE, Math.SQRT1_2);
  storeGoal(section);
}

export function resetDistortion(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  memory.fill(base, 0, SECTION_BYTES);
  designTone(base, values);
  takeGoal(base);
  clearState(base);
  const drive = decibelsToGain(valueOf(values, DISTORTION_DRIVE));
  const output = decibelsToGain(valueOf(values, DISTORTION_OUTPUT));
  const curve = <i32>targetOf(values, DISTORTION_CURVE);
  resetShaper(base + SHAPER, SHAPER_BYTES_8, curve, drive, valueOf(values, DISTORTION_MIX) / 100.0, output);
}

export function processDistortion(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  const drive = decibelsToGain(valueOf(values, DISTORTION_DRIVE));
  const output = decibelsToGain(valueOf(values, DISTORTION_OUTPUT));
  const mix = valueOf(values, DISTORTION_MIX) / 100.0;
  processShaper(base + SHAPER, buffer, frames, true, <i32>targetOf(values, DISTORTION_CURVE), drive, mix, output);
  designTone(base, values);
  runMoving(base, buffer, frames);
}

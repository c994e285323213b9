// Distortion at four or eight times the rate, so that what it adds above hearing is gone before it can fold back.
//
// The dry part is mixed in at the high rate: it takes the same way through the filters and stays in phase. The loudness of
// what comes at −12 dBFS stays about the same, however hard it is driven.

import { bend } from './curves';
import {
  doubleFirst,
  doubleSecond,
  doubleThird,
  FIRST_BYTES,
  halveFirst,
  halveSecond,
  halveThird,
  SECOND_BYTES,
  THIRD_BYTES,
} from './halfband';
import { OVERSAMPLED } from './layout';
import { SAMPLE_RATE, SWITCH_FRAMES } from './units';

/** The level, −12 dBFS, that stays where it is. */
const REFERENCE: f64 = 0.25;
/** What a lopsided curve adds at 0 Hz is taken away below 5 Hz. */
const DRIFT: f64 = (2.0 * Math.PI * 5.0) / SAMPLE_RATE;
const NOTHING: f64 = 1e-20;

/** Followed by the filters' memories: up, down, of each doubling. */
@unmanaged
export class Shaper {
  curve: i32;
  /** The curve being left, and for how many more frames it is heard. */
  oldCurve: i32;
  fadeLeft: i32;
  drive: f64;
  /** Gains of the driven and of the dry part. */
  wet: f64;
  dry: f64;
}

const LAST: usize = 48;
const MEAN: usize = 64;
const UP_FIRST: usize = 80;
const DOWN_FIRST: usize = UP_FIRST + FIRST_BYTES;
const UP_SECOND: usize = DOWN_FIRST + FIRST_BYTES;
const DOWN_SECOND: usize = UP_SECOND + SECOND_BYTES;
const UP_THIRD: usize = DOWN_SECOND + SECOND_BYTES;
const DOWN_THIRD: usize = UP_THIRD + THIRD_BYTES;
/** At four times the rate the third doubling's memory is not needed. */
export const SHAPER_BYTES_4: usize = UP_THIRD;
export const SHAPER_BYTES_8: usize = DOWN_THIRD + THIRD_BYTES;

/** How much the driven part must be turned down for `REFERENCE` to stay as loud as it is without drive. */
function makeUp(drive: f64): f64 {
  const driven = drive * REFERENCE;
  return Math.sqrt((1.0 + driven * driven) / (1.0 + REFERENCE * REFERENCE)) / drive;
}

/** Everything where it should be at once, and nothing ringing. `bytes`: of the shaper. */
export function resetShaper(at: usize, bytes: usize, curve: i32, drive: f64, mix: f64, output: f64): void {
  memory.fill(at, 0, bytes);
  const shaper = changetype<Shaper>(at);
  shaper.curve = curve;
  shaper.drive = drive;
  shaper.wet = mix * output * makeUp(drive);
  shaper.dry = (1.0 - mix) * output;
}

/** Two doublings of a chunk, to `OVERSAMPLED` from `from` on. */
function rise(at: usize, buffer: usize, frames: i32, to: usize): void {
  for (let i = 0; i < frames; i++) {
    const into = to + (<usize>i << 6);
    // The two of the first doubling lie where the last two of the second will come to lie.
    doubleFirst(at + UP_FIRST, v128.load(buffer + (<usize>i << 4)), into + 32);
    const next = v128.load(into, 48);
    doubleSecond(at + UP_SECOND, v128.load(into, 32), into);
    doubleSecond(at + UP_SECOND, next, into + 32);
  }
}

function fall(at: usize, buffer: usize, frames: i32, from: usize): void {
  const share = f64x2.splat(DRIFT);
  let mean = v128.load(at, MEAN);
  for (let i = 0; i < frames; i++) {
    const four = from + (<usize>i << 6);
    v128.store(four, halveSecond(at + DOWN_SECOND, four));
    v128.store(four, halveSecond(at + DOWN_SECOND, four + 32), 16);
    const x = halveFirst(at + DOWN_FIRST, four);
    mean = f64x2.add(mean, f64x2.mul(share, f64x2.sub(x, mean)));
    v128.store(buffer + (<usize>i << 4), f64x2.sub(x, mean));
  }
  v128.store(at, mean, MEAN);
}

/** A third doubling, backwards through the area, so that it may grow within itself. */
function riseThird(at: usize, frames: i32): void {
  // Samples lie in the upper half and spread downwards into all of it.
  const from = OVERSAMPLED + (<usize>frames << 6);
  for (let i = 0; i < frames << 2; i++) {
    doubleThird(at + UP_THIRD, v128.load(from + (<usize>i << 4)), OVERSAMPLED + (<usize>i << 5));
  }
}

function fallThird(at: usize, frames: i32): void {
  for (let i = 0; i < frames << 2; i++) {
    v128.store(OVERSAMPLED + (<usize>i << 4), halveThird(at + DOWN_THIRD, OVERSAMPLED + (<usize>i << 5)));
  }
}

/** The curve on a chunk at 2^`shift` times the rate, with drive and gains in straight lines to their goals. */
function shape(at: usize, frames: i32, shift: i32, drive: f64, wet: f64, dry: f64): void {
  const shaper = changetype<Shaper>(at);
  const count = frames << shift;
  const perSample = 1.0 / <f64>count;
  const driveStep = (drive - shaper.drive) * perSample;
  const wetStep = f64x2.splat((wet - shaper.wet) * perSample);
  const dryStep = f64x2.splat((dry - shaper.dry) * perSample);
  let driveNow = shaper.drive;
  let wetNow = f64x2.splat(shaper.wet);
  let dryNow = f64x2.splat(shaper.dry);
  let last = v128.load(at, LAST);
  let fade = shaper.fadeLeft << shift;
  const whole = 1.0 / <f64>(SWITCH_FRAMES << shift);
  for (let i = 0; i < count; i++) {
    driveNow += driveStep;
    wetNow = f64x2.add(wetNow, wetStep);
    dryNow = f64x2.add(dryNow, dryStep);
    const to = OVERSAMPLED + (<usize>i << 4);
    const x = v128.load(to);
    const drives = f64x2.splat(driveNow);
    const a = f64x2.mul(last, drives);
    const b = f64x2.mul(x, drives);
    let bent = bend(shaper.curve, a, b);
    if (fade > 0) {
      bent = f64x2.add(bent, f64x2.mul(f64x2.sub(bend(shaper.oldCurve, a, b), bent), f64x2.splat(<f64>fade * whole)));
      fade--;
    }
    const middle = f64x2.mul(f64x2.add(last, x), f64x2.splat(0.5));
    last = x;
    v128.store(to, f64x2.add(f64x2.mul(bent, wetNow), f64x2.mul(middle, dryNow)));
  }
  v128.store(at, last, LAST);
  shaper.drive = drive;
  shaper.wet = wet;
  shaper.dry = dry;
  shaper.fadeLeft = max(0, shaper.fadeLeft - frames);
}

/** What has died away is nothing: denormal numbers would be slow. */
function settle(at: usize, bytes: usize): void {
  const nothing = f64x2.splat(NOTHING);
  for (let place = LAST; place < bytes; place += 16) {
    const value = v128.load(at + place);
    v128.store(at + place, v128.and(value, f64x2.gt(f64x2.abs(value), nothing)));
  }
}

/** A chunk in place, at four times the rate or, with `eight`, at eight. `drive`, `mix` (0…1) and `output` are goals. */
export function processShaper(at: usize, buffer: usize, frames: i32, eight: bool, curve: i32, drive: f64, mix: f64, output: f64): void {
  const shaper = changetype<Shaper>(at);
  if (curve != shaper.curve && shaper.fadeLeft == 0) {
    shaper.oldCurve = shaper.curve;
    shaper.curve = curve;
    shaper.fadeLeft = SWITCH_FRAMES;
  }
  rise(at, buffer, frames, eight ? OVERSAMPLED + (<usize>frames << 6) : OVERSAMPLED);
  if (eight) riseThird(at, frames);
  shape(at, frames, eight ? 3 : 2, drive, mix * output * makeUp(drive), (1.0 - mix) * output);
  if (eight) fallThird(at, frames);
  fall(at, buffer, frames, OVERSAMPLED);
  settle(at, eight ? SHAPER_BYTES_8 : SHAPER_BYTES_4);
}

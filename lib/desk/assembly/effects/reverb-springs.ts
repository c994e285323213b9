// Four springs side by side, two a side: in each loop a long chain of all-passes lets high tones come later than low ones, so
// that every echo is a chirp that grows longer round by round (after Välimäki, Parker and Abel, 2010).

import { damped, fourWandering, keepLines, leaving } from './reverb-network';
import { DIFFUSERS_AT, LENGTH, OLD_LENGTH, QUIET, Reverb } from './reverb-record';
import { SAMPLE_RATE } from '../units';

/** All-passes in a loop, each over so many frames: the chirps end at 48 kHz / (2 × 5). */
const SECTIONS: i32 = 56;
const STRETCH: i32 = 5;
const SHARE: f32 = 0.6;
/** What lies above is no spring: two one-pole filters before the loop. */
const TOP_HERTZ: f64 = 4200.0;
/** How much the two springs of a side give each other: a turn by this angle loses nothing. */
const COSINE: f32 = 0.92;
const SINE: f32 = 0.3919183588453085;

/** Frames a mid tone (1 kHz) takes through the chain. */
export const CHAIN_FRAMES: f64 = (<f64>(SECTIONS * STRETCH) * (1.0 - 0.36)) / (1.0 + 0.36 + 1.2 * 0.7933533402912352);

/** The share of each new sample that the filter before the loop takes. */
export function topShare(): f64 {
  return 1.0 - Math.exp((-2.0 * Math.PI * TOP_HERTZ) / SAMPLE_RATE);
}

@inline
function sectionAt(at: usize, place: i32): usize {
  return at + DIFFUSERS_AT + (<usize>place << 4);
}

/** The chain of all-passes, one for each spring; their states lie where rooms have their diffusers. */
@inline
function disperse(at: usize, written: i32, input: v128): v128 {
  const share = f32x4.splat(SHARE);
  const quiet = f32x4.splat(QUIET);
  const phase = written % STRETCH;
  let x = input;
  for (let place = phase; place < SECTIONS * STRETCH; place += STRETCH) {
    const old = v128.load(sectionAt(at, place));
    let fresh = f32x4.sub(x, f32x4.mul(share, old));
    fresh = v128.and(fresh, f32x4.gt(f32x4.abs(fresh), quiet));
    v128.store(sectionAt(at, place), fresh);
    x = f32x4.add(old, f32x4.mul(share, fresh));
  }
  return x;
}

/** The input of one side without what lies above a spring's reach. */
@inline
export function belowTop(reverb: Reverb, share: f64, left: f64, right: f64): v128 {
  reverb.high0 += share * (left - reverb.high0);
  reverb.high1 += share * (reverb.high0 - reverb.high1);
  reverb.high2 += share * (right - reverb.high2);
  reverb.high3 += share * (reverb.high2 - reverb.high3);
  if (Math.abs(reverb.high0) < 1e-20) reverb.high0 = 0.0;
  if (Math.abs(reverb.high1) < 1e-20) reverb.high1 = 0.0;
  if (Math.abs(reverb.high2) < 1e-20) reverb.high2 = 0.0;
  if (Math.abs(reverb.high3) < 1e-20) reverb.high3 = 0.0;
  const l = <f32>reverb.high1;
  const r = <f32>reverb.high3;
  return f32x4(l, -l, r, -r);
}

/** One frame of the springs; what comes out of each. They are the first four lines. */
@inline
export function springs(at: usize, written: i32, input: v128, old: f32): v128 {
  let fetched = fourWandering(at, written, at + LENGTH);
  if (old > 0.0) fetched = leaving(fetched, fourWandering(at, written, at + OLD_LENGTH), old);
  const heard = damped(at, 0, fetched, old);
  const turned = f32x4.mul(v128.shuffle<f32>(heard, heard, 1, 0, 3, 2), f32x4(-SINE, SINE, -SINE, SINE));
  const again = f32x4.add(f32x4.mul(heard, f32x4.splat(COSINE)), turned);
  keepLines(at, written, 0, disperse(at, written, f32x4.sub(input, again)));
  return heard;
}

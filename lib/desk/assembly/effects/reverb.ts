// A room: sixteen delay lines that feed each other through a Hadamard matrix, behind a pre-delay, a low cut and diffusers.
//
// The matrix loses nothing, so that the decay is exactly what each line's gain makes it: −60 dB after the decay time. A
// one-pole filter in each line makes it half as long at the damping frequency (after J.-M. Jot, 1991). All signs come from a
// fixed seed: everybody hears the same room.

import { REVERB_DAMPING, REVERB_DECAY, REVERB_LOWCUT, REVERB_MIX, REVERB_PREDELAY, REVERB_WIDTH } from '../generated/parameters';
import { Insert } from '../insert-record';
import { SAMPLE_RATE } from '../units';
import { changedAmong, targetOf, valueOf } from '../values';

const LINES: i32 = 16;
/** Frames of a line, of the pre-delay, of a diffuser; powers of two. */
const LINE: i32 = 4096;
const PRE: i32 = 16_384;
const DIFFUSER: i32 = 1024;
const DIFFUSERS: i32 = 4;
const DIFFUSION: f32 = 0.62;
/** A new pre-delay is faded to over 20 ms. */
const FADE: i32 = 960;
/** Makes a room of 1.6 s about as loud as what goes in, for steady sounds. */
const LEVEL: f64 = 0.28;
const SEED: u32 = 0x5eed1e55;
const QUIET: f32 = 1e-20;

/** Primes, each about 9.7 % longer than the last: 18 to 74 ms. */
const LENGTHS: usize = memory.data<i32>([887, 977, 1087, 1187, 1303, 1429, 1567, 1721, 1889, 2069, 2273, 2477, 2713, 2971, 3257, 3571]);
const DIFFUSER_LENGTHS: usize = memory.data<i32>([142, 107, 379, 277, 151, 113, 367, 263]);
const MEAN_LENGTH: f64 = 1961.0;

@unmanaged
class Reverb {
  written: i32;
  time: i32;
  oldTime: i32;
  fadeLeft: i32;
  mix: f64;
  width: f64;
  level: f64;
  lowLeft: f64;
  lowRight: f64;
}

// Arrays of sixteen f32, one for each line.
const GAIN: usize = 128;
const POLE: usize = 192;
const STATE: usize = 256;
const INTO_LEFT: usize = 320;
const INTO_RIGHT: usize = 384;
const OUT_LEFT: usize = 448;
const OUT_RIGHT: usize = 512;
const FRESH: usize = 576;
const MEMORY: usize = 640;
const PRE_AT: usize = MEMORY + <usize>(LINES * LINE) * 4;
const DIFFUSER_AT: usize = PRE_AT + <usize>PRE * 8;

export const REVERB_BYTES: usize = DIFFUSER_AT + <usize>(2 * DIFFUSERS * DIFFUSER) * 4;

@inline
function base(insert: Insert): usize {
  return <usize>(<u32>insert.address);
}

/** The next number of a xorshift generator. */
function scramble(seed: u32): u32 {
  let x = seed;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return x;
}

/** Signs: each side feeds eight lines; the sides hear all lines, with patterns that share nothing. */
export function initReverb(address: i32): void {
  const at = <usize>(<u32>address);
  memory.fill(at, 0, REVERB_BYTES);
  let seed = SEED;
  for (let i = 0; i < LINES; i++) {
    seed = scramble(seed);
    const into: f32 = seed & 0x100 ? 1.0 : -1.0;
    const out: f32 = seed & 0x10000 ? 1.0 : -1.0;
    const offset = <usize>i << 2;
    store<f32>(at + INTO_LEFT + offset, i & 1 ? 0.0 : into);
    store<f32>(at + INTO_RIGHT + offset, i & 1 ? into : 0.0);
    store<f32>(at + OUT_LEFT + offset, out);
    store<f32>(at + OUT_RIGHT + offset, i & 2 ? -out : out);
  }
}

function wantedTime(values: usize): i32 {
  return max(1, <i32>Math.round(targetOf(values, REVERB_PREDELAY) * 0.001 * SAMPLE_RATE));
}

/** Gains and poles of the lines for a decay time and a damping frequency. */
function tune(at: usize, values: usize): void {
  const decay = Math.exp(valueOf(values, REVERB_DECAY));
  const cosine = Math.cos((2.0 * Math.PI * Math.min(20000.0, Math.exp(valueOf(values, REVERB_DAMPING)))) / SAMPLE_RATE);
  for (let i = 0; i < LINES; i++) {
    const length = <f64>load<i32>(LENGTHS + (<usize>i << 2));
    const gain = Math.pow(10.0, (-3.0 * length) / (SAMPLE_RATE * decay));
    // The pole at which the filter takes another `gain` away at the damping frequency.
    const square = gain * gain;
    const middle = 1.0 - square * cosine;
    const outer = 1.0 - square;
    const pole = (middle - Math.sqrt(Math.max(0.0, middle * middle - outer * outer))) / outer;
    store<f32>(at + GAIN + (<usize>i << 2), <f32>(gain * (1.0 - pole)));
    store<f32>(at + POLE + (<usize>i << 2), <f32>pole);
  }
  const mean = Math.pow(10.0, (-6.0 * MEAN_LENGTH) / (SAMPLE_RATE * decay));
  changetype<Reverb>(at).level = LEVEL * Math.sqrt(1.0 - mean);
}

export function resetReverb(insert: Insert, values: usize): void {
  const at = base(insert);
  initReverb(insert.address);
  tune(at, values);
  const reverb = changetype<Reverb>(at);
  reverb.time = wantedTime(values);
  reverb.oldTime = reverb.time;
  reverb.mix = valueOf(values, REVERB_MIX) / 100.0;
  reverb.width = valueOf(values, REVERB_WIDTH) / 100.0;
}

@inline
function preTap(at: usize, written: i32, time: i32, side: usize): f64 {
  return <f64>load<f32>(at + PRE_AT + (<usize>((written - time) & (PRE - 1)) << 3) + side);
}

/** Four all-passes, one after another. */
@inline
function diffuse(at: usize, written: i32, side: i32, input: f32): f32 {
  let x = input;
  for (let i = side * DIFFUSERS; i < side * DIFFUSERS + DIFFUSERS; i++) {
    const ring = at + DIFFUSER_AT + <usize>(i * DIFFUSER) * 4;
    const length = load<i32>(DIFFUSER_LENGTHS + (<usize>i << 2));
    const old = load<f32>(ring + (<usize>((written - length) & (DIFFUSER - 1)) << 2));
    let fresh = x + DIFFUSION * old;
    if (abs(fresh) < QUIET) fresh = 0.0;
    store<f32>(ring + (<usize>(written & (DIFFUSER - 1)) << 2), fresh);
    x = old - DIFFUSION * fresh;
  }
  return x;
}

/** The 4 × 4 Hadamard matrix within a vector, unscaled. */
@inline
function mixWithin(v: v128): v128 {
  const first = f32x4.add(v128.shuffle<f32>(v, v, 0, 0, 2, 2), f32x4.mul(v128.shuffle<f32>(v, v, 1, 1, 3, 3), f32x4(1.0, -1.0, 1.0, -1.0)));
  return f32x4.add(
    v128.shuffle<f32>(first, first, 0, 1, 0, 1),
    f32x4.mul(v128.shuffle<f32>(first, first, 2, 3, 2, 3), f32x4(1.0, 1.0, -1.0, -1.0)),
  );
}

/** What comes out of four lines, damped; also kept as their filters' state. */
@inline
function readLines(at: usize, written: i32, group: i32): v128 {
  const offset = <usize>group << 4;
  for (let i = group << 2; i < (group << 2) + 4; i++) {
    const length = load<i32>(LENGTHS + (<usize>i << 2));
    const from = at + MEMORY + (<usize>(i * LINE + ((written - length) & (LINE - 1))) << 2);
    store<f32>(at + FRESH + (<usize>i << 2), load<f32>(from));
  }
  const raw = v128.load(at + FRESH + offset);
  const state = f32x4.add(
    f32x4.mul(raw, v128.load(at + GAIN + offset)),
    f32x4.mul(v128.load(at + STATE + offset), v128.load(at + POLE + offset)),
  );
  const heard = v128.and(state, f32x4.gt(f32x4.abs(state), f32x4.splat(QUIET)));
  v128.store(at + STATE + offset, heard);
  return heard;
}

/** Writes four lines: a quarter of what the matrix gives, and their share of the input. */
@inline
function writeLines(at: usize, written: i32, group: i32, mixed: v128, left: v128, right: v128): void {
  const offset = <usize>group << 4;
  const input = f32x4.add(f32x4.mul(left, v128.load(at + INTO_LEFT + offset)), f32x4.mul(right, v128.load(at + INTO_RIGHT + offset)));
  const sum = f32x4.add(f32x4.mul(mixed, f32x4.splat(0.25)), input);
  v128.store(at + FRESH + offset, v128.and(sum, f32x4.gt(f32x4.abs(sum), f32x4.splat(QUIET))));
  for (let i = group << 2; i < (group << 2) + 4; i++) {
    const to = at + MEMORY + (<usize>(i * LINE + (written & (LINE - 1))) << 2);
    store<f32>(to, load<f32>(at + FRESH + (<usize>i << 2)));
  }
}

@inline
function across(v: v128): f64 {
  return <f64>(f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)));
}

@inline
function hear(at: usize, pattern: usize, a: v128, b: v128, c: v128, d: v128): f64 {
  const ab = f32x4.add(f32x4.mul(a, v128.load(at + pattern)), f32x4.mul(b, v128.load(at + pattern + 16)));
  const cd = f32x4.add(f32x4.mul(c, v128.load(at + pattern + 32)), f32x4.mul(d, v128.load(at + pattern + 48)));
  return across(f32x4.add(ab, cd));
}

export function processReverb(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = base(insert);
  const reverb = changetype<Reverb>(at);
  const levelBefore = reverb.level;
  if (changedAmong(values, REVERB_DECAY, 1) || changedAmong(values, REVERB_DAMPING, 1)) tune(at, values);
  const wanted = wantedTime(values);
  if (wanted != reverb.time && reverb.fadeLeft == 0) {
    reverb.oldTime = reverb.time;
    reverb.time = wanted;
    reverb.fadeLeft = FADE;
  }
  const perFrame = 1.0 / <f64>frames;
  const low = 1.0 - Math.exp((-2.0 * Math.PI * Math.exp(valueOf(values, REVERB_LOWCUT))) / SAMPLE_RATE);
  const mixGoal = valueOf(values, REVERB_MIX) / 100.0;
  const widthGoal = valueOf(values, REVERB_WIDTH) / 100.0;
  let mix = reverb.mix;
  let width = reverb.width;
  let level = levelBefore;
  const mixStep = (mixGoal - mix) * perFrame;
  const widthStep = (widthGoal - width) * perFrame;
  const levelStep = (reverb.level - level) * perFrame;
  let written = reverb.written;
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    width += widthStep;
    level += levelStep;
    const place = buffer + (<usize>i << 4);
    const dryLeft = load<f64>(place);
    const dryRight = load<f64>(place, 8);
    const pre = at + PRE_AT + (<usize>(written & (PRE - 1)) << 3);
    store<f32>(pre, <f32>dryLeft);
    store<f32>(pre, <f32>dryRight, 4);
    let left = preTap(at, written, reverb.time, 0);
    let right = preTap(at, written, reverb.time, 4);
    if (reverb.fadeLeft > 0) {
      const old = <f64>reverb.fadeLeft / <f64>FADE;
      left += old * (preTap(at, written, reverb.oldTime, 0) - left);
      right += old * (preTap(at, written, reverb.oldTime, 4) - right);
      reverb.fadeLeft--;
    }
    reverb.lowLeft += low * (left - reverb.lowLeft);
    reverb.lowRight += low * (right - reverb.lowRight);
    if (Math.abs(reverb.lowLeft) < 1e-20) reverb.lowLeft = 0.0;
    if (Math.abs(reverb.lowRight) < 1e-20) reverb.lowRight = 0.0;
    const inLeft = f32x4.splat(diffuse(at, written, 0, <f32>(left - reverb.lowLeft)));
    const inRight = f32x4.splat(diffuse(at, written, 1, <f32>(right - reverb.lowRight)));
    const a = readLines(at, written, 0);
    const b = readLines(at, written, 1);
    const c = readLines(at, written, 2);
    const d = readLines(at, written, 3);
    const ab = f32x4.add(a, b);
    const cd = f32x4.add(c, d);
    const amb = f32x4.sub(a, b);
    const cmd = f32x4.sub(c, d);
    writeLines(at, written, 0, mixWithin(f32x4.add(ab, cd)), inLeft, inRight);
    writeLines(at, written, 1, mixWithin(f32x4.add(amb, cmd)), inLeft, inRight);
    writeLines(at, written, 2, mixWithin(f32x4.sub(ab, cd)), inLeft, inRight);
    writeLines(at, written, 3, mixWithin(f32x4.sub(amb, cmd)), inLeft, inRight);
    const wetLeft = level * hear(at, OUT_LEFT, a, b, c, d);
    const wetRight = level * hear(at, OUT_RIGHT, a, b, c, d);
    const mid = 0.5 * (wetLeft + wetRight);
    const side = 0.5 * (wetLeft - wetRight) * width;
    store<f64>(place, dryLeft + mix * (mid + side - dryLeft));
    store<f64>(place, dryRight + mix * (mid - side - dryRight), 8);
    written++;
  }
  reverb.written = written & 0x3fffffff;
  reverb.mix = mixGoal;
  reverb.width = widthGoal;
}

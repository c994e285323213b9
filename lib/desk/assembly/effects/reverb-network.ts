// Sixteen delay lines that feed each other through a Hadamard matrix, behind four all-passes a side.

import { diffusion, wanderDepth, wanderRate } from './reverb-characters';
import { SAMPLE_RATE } from '../units';
import {
  DIFFUSER,
  DIFFUSER_LENGTH,
  DIFFUSERS,
  DIFFUSERS_AT,
  DRAWN,
  DRAWN_STEP,
  f32At,
  FRESH,
  GAIN,
  i32At,
  INTO_LEFT,
  INTO_RIGHT,
  LENGTH,
  LINE,
  LINES_AT,
  OLD_GAIN,
  OLD_LENGTH,
  OLD_POLE,
  POLE,
  QUIET,
  STATE,
} from './reverb-record';

/** Every so many frames four lines get another way to wander: counted from the beginning, so that blocks do not matter. */
const WANDER_FRAMES: i32 = 64;

/** Where the line of `group` that wanders is, in frames from its length, at frame `written`. */
function drawnAt(character: i32, group: i32, written: i32): f64 {
  const rate = wanderRate(character) * (1.0 + 0.17 * <f64>group);
  const turns = (<f64>written * rate) / SAMPLE_RATE + 0.31 * <f64>group;
  return wanderDepth(character) * (1.0 + Math.sin(2.0 * Math.PI * (turns - Math.floor(turns))));
}

/** Lets four lines wander: no two rounds of the network are alike, so that nothing rings at one pitch. */
@inline
export function wander(at: usize, character: i32, written: i32): void {
  if ((written & (WANDER_FRAMES - 1)) == 0) {
    for (let group = 0; group < 4; group++) {
      const from = drawnAt(character, group, written);
      const step = (drawnAt(character, group, written + WANDER_FRAMES) - from) / <f64>WANDER_FRAMES;
      store<f32>(at + DRAWN + (<usize>group << 2), <f32>from);
      store<f32>(at + DRAWN_STEP + (<usize>group << 2), <f32>step);
    }
  } else {
    v128.store(at + DRAWN, f32x4.add(v128.load(at + DRAWN), v128.load(at + DRAWN_STEP)));
  }
}

/** Four all-passes, one after another. */
@inline
export function diffuse(at: usize, character: i32, written: i32, side: i32, input: f32): f32 {
  const share = <f32>diffusion(character);
  let x = input;
  for (let i = side * DIFFUSERS; i < side * DIFFUSERS + DIFFUSERS; i++) {
    const ring = at + DIFFUSERS_AT + <usize>(i * DIFFUSER) * 4;
    const old = f32At(ring, (written - i32At(at + DIFFUSER_LENGTH, i)) & (DIFFUSER - 1));
    let fresh = x + share * old;
    if (abs(fresh) < QUIET) fresh = 0.0;
    store<f32>(ring + (<usize>(written & (DIFFUSER - 1)) << 2), fresh);
    x = old - share * fresh;
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

/** What a line held `time` frames ago. */
@inline
function back(at: usize, line: i32, written: i32, time: i32): f32 {
  return f32At(at + LINES_AT, line * LINE + ((written - time) & (LINE - 1)));
}

/** What a line held `time` and a fraction of a frame ago. */
@inline
function backBetween(at: usize, line: i32, written: i32, time: i32, more: f32): f32 {
  const whole = <i32>more;
  const near = back(at, line, written, time + whole);
  return near + (more - <f32>whole) * (back(at, line, written, time + whole + 1) - near);
}

/** Fetches what comes out of a line that wanders by `more` frames. `old` is the share of the length being left. */
@inline
export function fetchWandering(at: usize, line: i32, written: i32, more: f32, old: f32): void {
  let x = backBetween(at, line, written, i32At(at + LENGTH, line), more);
  if (old > 0.0) x += old * (backBetween(at, line, written, i32At(at + OLD_LENGTH, line), more) - x);
  store<f32>(at + FRESH + (<usize>line << 2), x);
}

/** Fetches what comes out of four lines; the last of them wanders. */
@inline
function fetchLines(at: usize, written: i32, group: i32, old: f32): void {
  const last = (group << 2) + 3;
  for (let i = group << 2; i < last; i++) {
    let x = back(at, i, written, i32At(at + LENGTH, i));
    if (old > 0.0) x += old * (back(at, i, written, i32At(at + OLD_LENGTH, i)) - x);
    store<f32>(at + FRESH + (<usize>i << 2), x);
  }
  fetchWandering(at, last, written, f32At(at + DRAWN, group), old);
}

@inline
function leaving(now: v128, before: v128, old: f32): v128 {
  return old > 0.0 ? f32x4.add(now, f32x4.mul(f32x4.splat(old), f32x4.sub(before, now))) : now;
}

/** What was fetched of four lines, damped; also kept as their filters' state. */
@inline
export function damped(at: usize, group: i32, old: f32): v128 {
  const offset = <usize>group << 4;
  const gain = leaving(v128.load(at + GAIN + offset), v128.load(at + OLD_GAIN + offset), old);
  const pole = leaving(v128.load(at + POLE + offset), v128.load(at + OLD_POLE + offset), old);
  const state = f32x4.add(f32x4.mul(v128.load(at + FRESH + offset), gain), f32x4.mul(v128.load(at + STATE + offset), pole));
  const heard = v128.and(state, f32x4.gt(f32x4.abs(state), f32x4.splat(QUIET)));
  v128.store(at + STATE + offset, heard);
  return heard;
}

/** What comes out of four lines. */
@inline
export function readLines(at: usize, written: i32, group: i32, old: f32): v128 {
  fetchLines(at, written, group, old);
  return damped(at, group, old);
}

/** Writes four lines. */
@inline
export function keepLines(at: usize, written: i32, group: i32, value: v128): void {
  const offset = <usize>group << 4;
  v128.store(at + FRESH + offset, v128.and(value, f32x4.gt(f32x4.abs(value), f32x4.splat(QUIET))));
  for (let i = group << 2; i < (group << 2) + 4; i++) {
    store<f32>(at + LINES_AT + (<usize>(i * LINE + (written & (LINE - 1))) << 2), f32At(at + FRESH, i));
  }
}

/** Four lines get a quarter of what the matrix gives, and their share of the input. */
@inline
function writeLines(at: usize, written: i32, group: i32, mixed: v128, left: v128, right: v128): void {
  const offset = <usize>group << 4;
  const input = f32x4.add(f32x4.mul(left, v128.load(at + INTO_LEFT + offset)), f32x4.mul(right, v128.load(at + INTO_RIGHT + offset)));
  keepLines(at, written, group, f32x4.add(f32x4.mul(mixed, f32x4.splat(0.25)), input));
}

/** What the lines give is mixed by the 16 × 16 matrix and written again, with the input. */
@inline
export function mixLines(at: usize, written: i32, a: v128, b: v128, c: v128, d: v128, left: v128, right: v128): void {
  const ab = f32x4.add(a, b);
  const cd = f32x4.add(c, d);
  const amb = f32x4.sub(a, b);
  const cmd = f32x4.sub(c, d);
  writeLines(at, written, 0, mixWithin(f32x4.add(ab, cd)), left, right);
  writeLines(at, written, 1, mixWithin(f32x4.add(amb, cmd)), left, right);
  writeLines(at, written, 2, mixWithin(f32x4.sub(ab, cd)), left, right);
  writeLines(at, written, 3, mixWithin(f32x4.sub(amb, cmd)), left, right);
}

@inline
export function across(v: v128): f64 {
  return <f64>(f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)));
}

/** The sum of the lines by a pattern of signs. */
@inline
export function hear(at: usize, pattern: usize, a: v128, b: v128, c: v128, d: v128): f64 {
  const ab = f32x4.add(f32x4.mul(a, v128.load(at + pattern)), f32x4.mul(b, v128.load(at + pattern + 16)));
  const cd = f32x4.add(f32x4.mul(c, v128.load(at + pattern + 32)), f32x4.mul(d, v128.load(at + pattern + 48)));
  return across(f32x4.add(ab, cd));
}

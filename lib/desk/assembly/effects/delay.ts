// Echoes: two lines of memory, left and right, read behind where they are written.
//
// Everything that moves by itself (the waver of a tape, the ducking) goes by the effect's own count of frames, in steps of
// `GRID`, so that the sizes of blocks do not matter.

import { desk } from '../access';
import {
  DELAY_DUCK,
  DELAY_FEEDBACK,
  DELAY_HIGHCUT,
  DELAY_LINK,
  DELAY_LOWCUT,
  DELAY_MIX,
  DELAY_NOTE,
  DELAY_NOTE_RIGHT,
  DELAY_PINGPONG,
  DELAY_SYNC,
  DELAY_TIME,
  DELAY_TIME_RIGHT,
  DELAY_WOW,
  NOTE_QUARTERS,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { isOn, targetOf, valueOf } from '../values';

/** Frames of each line: a power of two, 10.9 s, two quarters at 11 beats a minute. */
const LINE: i32 = 524_288;
const MASK: i32 = LINE - 1;
/** A new time is faded to over this many frames (50 ms): no glide in pitch. */
const FADE: i32 = 2400;
const GRID: i32 = 32;
/** At 100 % the tape wavers by ±1.5 ms at 0.7 Hz and ±0.08 ms at 6.1 Hz: about ±0.7 and ±0.3 % of pitch. */
const WOW_FRAMES: f64 = 72.0;
const WOW_HERTZ: f64 = 0.7;
const FLUTTER_FRAMES: f64 = 3.8;
const FLUTTER_HERTZ: f64 = 6.1;
/** Ducking begins at −44 dB of peak and is whole at −20. */
const DUCK_FROM_DB: f64 = -44.0;
const DUCK_SPAN_DB: f64 = 24.0;
/** Below this is silence. */
const QUIET: f64 = 1e-20;
/** How the level that ducks falls (60 ms), and how the echoes' gain follows it (12 ms). */
const DUCK_FALL: f64 = 0.99965283;
const DUCK_SHARE: f64 = 0.054;

@unmanaged
class Delay {
  /** Frames written since it was last empty: what lies further back is silence, whatever the memory holds. */
  written: i32;
  time: i32;
  rightTime: i32;
  /** The times being left, and how much of them is still heard. */
  oldTime: i32;
  oldRightTime: i32;
  fadeLeft: i32;
  /** Frames since the beginning. */
  clock: i32;
  /** How far the tape is behind now, and by how much more at each frame. */
  lag: f64;
  lagStep: f64;
  /** Peak level of the input, and what it lets through of the echoes. */
  loud: f64;
  duckGain: f64;
  duckStep: f64;
  mix: f64;
  feedback: f64;
  cross: f64;
  /** One-pole filters in the loop: coefficients and states, left and right. */
  low: f64;
  high: f64;
  lowLeft: f64;
  lowRight: f64;
  highLeft: f64;
  highRight: f64;
}

const HEAD: usize = 256;
export const DELAY_BYTES: usize = HEAD + (<usize>LINE << 3);

@inline
function delayAt(address: i32): Delay {
  return changetype<Delay>(<usize>(<u32>address));
}

export function initDelay(address: i32): void {
  memory.fill(<usize>(<u32>address), 0, HEAD);
}

/** The length of an echo in frames, by its note or its time. */
function framesOf(values: usize, noteRow: i32, timeRow: i32): i32 {
  const note = <usize>targetOf(values, noteRow);
  const seconds = isOn(values, DELAY_SYNC)
    ? (load<f64>(NOTE_QUARTERS + (note << 3)) * 60.0) / desk().tempo
    : Math.exp(targetOf(values, timeRow)) * 0.001;
  return <i32>Math.max(1.0, Math.min(<f64>(LINE - 256), Math.round(seconds * SAMPLE_RATE)));
}

function leftTime(values: usize): i32 {
  return framesOf(values, DELAY_NOTE, DELAY_TIME);
}

function rightTime(values: usize): i32 {
  return isOn(values, DELAY_LINK) ? leftTime(values) : framesOf(values, DELAY_NOTE_RIGHT, DELAY_TIME_RIGHT);
}

export function resetDelay(insert: Insert, values: usize): void {
  const delay = delayAt(insert.address);
  initDelay(insert.address);
  delay.time = leftTime(values);
  delay.rightTime = rightTime(values);
  delay.duckGain = 1.0;
  delay.mix = valueOf(values, DELAY_MIX) / 100.0;
  delay.feedback = valueOf(values, DELAY_FEEDBACK) / 100.0;
  delay.cross = isOn(values, DELAY_PINGPONG) ? 1.0 : 0.0;
}

/** The share a one-pole filter at `hertz` takes of each new sample. */
@inline
function share(hertz: f64): f64 {
  return 1.0 - Math.exp((-2.0 * Math.PI * hertz) / SAMPLE_RATE);
}

@inline
function tap(line: usize, written: i32, time: i32, side: usize): f64 {
  return written < time ? 0.0 : <f64>load<f32>(line + (<usize>((written - time) & MASK) << 3) + side);
}

@inline
function quiet(value: f64): f64 {
  return Math.abs(value) < QUIET ? 0.0 : value;
}

@inline
function swapped(sides: v128): v128 {
  return v128.shuffle<f64>(sides, sides, 1, 0);
}

function chooseTime(delay: Delay, values: usize): void {
  if (delay.fadeLeft > 0) return;
  const left = leftTime(values);
  const right = rightTime(values);
  if (left == delay.time && right == delay.rightTime) return;
  delay.oldTime = delay.time;
  delay.oldRightTime = delay.rightTime;
  delay.time = left;
  delay.rightTime = right;
  delay.fadeLeft = FADE;
}

/** As `tap`, `lag` frames further back, between two samples where it falls between them. */
@inline
function lateTap(line: usize, written: i32, time: i32, lag: f64, side: usize): f64 {
  const whole = <i32>lag;
  const near = tap(line, written, time + whole, side);
  return near + (lag - <f64>whole) * (tap(line, written, time + whole + 1, side) - near);
}

/** What both lines give: of the new times, and while they fade of the old ones. */
@inline
function echo(delay: Delay, line: usize, side: usize, time: i32, oldTime: i32): f64 {
  const steady = delay.lag == 0.0;
  const now = steady ? tap(line, delay.written, time, side) : lateTap(line, delay.written, time, delay.lag, side);
  if (delay.fadeLeft == 0) return now;
  const before = steady ? tap(line, delay.written, oldTime, side) : lateTap(line, delay.written, oldTime, delay.lag, side);
  return now + (<f64>delay.fadeLeft / <f64>FADE) * (before - now);
}

/** How far behind a tape is that wavers by `wow`; never ahead. */
function lagAt(clock: i32, wow: f64): f64 {
  const seconds = <f64>clock / SAMPLE_RATE;
  const slow = 1.0 - Math.cos(2.0 * Math.PI * (WOW_HERTZ * seconds - Math.floor(WOW_HERTZ * seconds)));
  const quick = 1.0 - Math.cos(2.0 * Math.PI * (FLUTTER_HERTZ * seconds - Math.floor(FLUTTER_HERTZ * seconds)));
  return wow * (WOW_FRAMES * slow + FLUTTER_FRAMES * quick);
}

/** What the input's level lets through of the echoes. */
function duckedTo(loud: f64, decibels: f64): f64 {
  if (decibels == 0.0 || loud == 0.0) return 1.0;
  const over = (20.0 * Math.log10(loud) - DUCK_FROM_DB) / DUCK_SPAN_DB;
  return Math.pow(10.0, (-decibels * Math.min(1.0, Math.max(0.0, over))) / 20.0);
}

/** Once every `GRID` frames: where the tape and the ducking go until the next time. */
function steer(delay: Delay, values: usize): void {
  const wowGoal = valueOf(values, DELAY_WOW) / 100.0;
  const goal = lagAt(delay.clock + GRID, wowGoal);
  // Without a waver the taps are exact again; the last bit of the way is too short to be heard.
  if (wowGoal == 0.0 && delay.lag < 0.01) delay.lag = 0.0;
  delay.lagStep = Math.min(0.1, Math.max(-0.1, (goal - delay.lag) / <f64>GRID));
  const ducked = duckedTo(delay.loud, valueOf(values, DELAY_DUCK));
  const next = ducked == 1.0 && delay.duckGain > 0.9999 ? 1.0 : delay.duckGain + DUCK_SHARE * (ducked - delay.duckGain);
  delay.duckStep = (next - delay.duckGain) / <f64>GRID;
}

export function processDelay(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const delay = delayAt(insert.address);
  const line = <usize>(<u32>insert.address) + HEAD;
  chooseTime(delay, values);
  const perFrame = 1.0 / <f64>frames;
  const low = share(Math.exp(valueOf(values, DELAY_LOWCUT)));
  const high = share(Math.exp(valueOf(values, DELAY_HIGHCUT)));
  const mixGoal = valueOf(values, DELAY_MIX) / 100.0;
  const feedbackGoal = valueOf(values, DELAY_FEEDBACK) / 100.0;
  const crossGoal = toward(delay.cross, isOn(values, DELAY_PINGPONG) ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const mixStep = (mixGoal - delay.mix) * perFrame;
  const feedbackStep = (feedbackGoal - delay.feedback) * perFrame;
  const crossStep = (crossGoal - delay.cross) * perFrame;
  let mix = delay.mix;
  let feedback = delay.feedback;
  let cross = delay.cross;
  const lows = changetype<usize>(delay) + offsetof<Delay>('lowLeft');
  const highs = changetype<usize>(delay) + offsetof<Delay>('highLeft');
  const lowShare = f64x2.splat(low);
  const highShare = f64x2.splat(high);
  const lowKeep = f64x2.splat(1.0 - low);
  const highKeep = f64x2.splat(1.0 - high);
  let below = v128.load(lows);
  let within = v128.load(highs);
  let loud = f64x2.splat(delay.loud);
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    feedback += feedbackStep;
    cross += crossStep;
    const at = buffer + (<usize>i << 4);
    const dry = v128.load(at);
    const turned = swapped(dry);
    loud = f64x2.pmax(f64x2.mul(loud, f64x2.splat(DUCK_FALL)), f64x2.pmax(f64x2.abs(dry), f64x2.abs(turned)));
    if ((delay.clock & (GRID - 1)) == 0) {
      delay.loud = quiet(f64x2.extract_lane(loud, 0));
      steer(delay, values);
    }
    delay.clock++;
    delay.lag = Math.max(0.0, delay.lag + delay.lagStep);
    delay.duckGain += delay.duckStep;
    const left = echo(delay, line, 0, delay.time, delay.oldTime);
    const echoes = f64x2.replace_lane(f64x2.splat(left), 1, echo(delay, line, 4, delay.rightTime, delay.oldRightTime));
    if (delay.fadeLeft > 0) delay.fadeLeft--;
    within = f64x2.add(f64x2.mul(within, highKeep), f64x2.mul(echoes, highShare));
    below = f64x2.add(f64x2.mul(below, lowKeep), f64x2.mul(within, lowShare));
    const wet = f64x2.sub(within, below);
    // Ping-pong: the sound goes in on the left alone, and each side's echo comes back on the other.
    const own = f64x2.replace_lane(f64x2.splat(1.0 - 0.5 * cross), 1, 1.0 - cross);
    const other = f64x2.replace_lane(f64x2.splat(0.5 * cross), 1, 0.0);
    const input = f64x2.add(f64x2.mul(dry, own), f64x2.mul(turned, other));
    const again = f64x2.add(wet, f64x2.mul(f64x2.splat(cross), f64x2.sub(swapped(wet), wet)));
    const fed = f64x2.add(input, f64x2.mul(f64x2.splat(feedback), again));
    const kept = v128.and(fed, f64x2.ge(f64x2.abs(fed), f64x2.splat(QUIET)));
    v128.store64_lane(line + (<usize>(delay.written & MASK) << 3), f32x4.demote_f64x2_zero(kept), 0);
    const ducked = f64x2.mul(f64x2.splat(delay.duckGain), wet);
    v128.store(at, f64x2.add(dry, f64x2.mul(f64x2.splat(mix), f64x2.sub(ducked, dry))));
    delay.written++;
  }
  delay.loud = quiet(f64x2.extract_lane(loud, 0));
  v128.store(lows, v128.and(below, f64x2.ge(f64x2.abs(below), f64x2.splat(QUIET))));
  v128.store(highs, v128.and(within, f64x2.ge(f64x2.abs(within), f64x2.splat(QUIET))));
  // Kept below 2^31: only its low bits and whether it has passed the line's length matter.
  if (delay.written >= 2 * LINE) delay.written -= LINE;
  delay.clock &= 0x3fffffff;
  delay.mix = mixGoal;
  delay.feedback = feedbackGoal;
  delay.cross = crossGoal;
}

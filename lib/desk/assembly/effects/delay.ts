// Echoes: two lines of memory, left and right, read behind where they are written.

import { desk } from '../access';
import {
  DELAY_FEEDBACK,
  DELAY_HIGHCUT,
  DELAY_LOWCUT,
  DELAY_MIX,
  DELAY_NOTE,
  DELAY_PINGPONG,
  DELAY_SYNC,
  DELAY_TIME,
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

@unmanaged
class Delay {
  /** Frames written since it was last empty: what lies further back is silence, whatever the memory holds. */
  written: i32;
  time: i32;
  /** The time being left, and how much of it is still heard. */
  oldTime: i32;
  fadeLeft: i32;
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

const HEAD: usize = 128;
export const DELAY_BYTES: usize = HEAD + (<usize>LINE << 3);

@inline
function delayAt(address: i32): Delay {
  return changetype<Delay>(<usize>(<u32>address));
}

export function initDelay(address: i32): void {
  memory.fill(<usize>(<u32>address), 0, HEAD);
}

/** The wanted length of an echo in frames. */
function wantedTime(values: usize): i32 {
  const note = <usize>targetOf(values, DELAY_NOTE);
  const seconds = isOn(values, DELAY_SYNC)
    ? (load<f64>(NOTE_QUARTERS + (note << 3)) * 60.0) / desk().tempo
    : Math.exp(targetOf(values, DELAY_TIME)) * 0.001;
  return <i32>Math.max(1.0, Math.min(<f64>(LINE - 1), Math.round(seconds * SAMPLE_RATE)));
}

export function resetDelay(insert: Insert, values: usize): void {
  const delay = delayAt(insert.address);
  initDelay(insert.address);
  delay.time = wantedTime(values);
  delay.oldTime = delay.time;
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
  return Math.abs(value) < 1e-20 ? 0.0 : value;
}

function chooseTime(delay: Delay, values: usize): void {
  const wanted = wantedTime(values);
  if (wanted == delay.time || delay.fadeLeft > 0) return;
  delay.oldTime = delay.time;
  delay.time = wanted;
  delay.fadeLeft = FADE;
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
  let written = delay.written;
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    feedback += feedbackStep;
    cross += crossStep;
    let left = tap(line, written, delay.time, 0);
    let right = tap(line, written, delay.time, 4);
    if (delay.fadeLeft > 0) {
      const old = <f64>delay.fadeLeft / <f64>FADE;
      left += old * (tap(line, written, delay.oldTime, 0) - left);
      right += old * (tap(line, written, delay.oldTime, 4) - right);
      delay.fadeLeft--;
    }
    delay.highLeft = quiet(delay.highLeft + high * (left - delay.highLeft));
    delay.highRight = quiet(delay.highRight + high * (right - delay.highRight));
    delay.lowLeft = quiet(delay.lowLeft + low * (delay.highLeft - delay.lowLeft));
    delay.lowRight = quiet(delay.lowRight + low * (delay.highRight - delay.lowRight));
    left = delay.highLeft - delay.lowLeft;
    right = delay.highRight - delay.lowRight;
    const at = buffer + (<usize>i << 4);
    const dryLeft = load<f64>(at);
    const dryRight = load<f64>(at, 8);
    // Ping-pong: the sound goes in on the left alone, and each side's echo comes back on the other.
    const inLeft = dryLeft + cross * 0.5 * (dryRight - dryLeft);
    const inRight = dryRight * (1.0 - cross);
    const to = line + (<usize>(written & MASK) << 3);
    store<f32>(to, <f32>quiet(inLeft + feedback * (left + cross * (right - left))));
    store<f32>(to, <f32>quiet(inRight + feedback * (right + cross * (left - right))), 4);
    store<f64>(at, dryLeft + mix * (left - dryLeft));
    store<f64>(at, dryRight + mix * (right - dryRight), 8);
    written++;
  }
  // Kept below 2^31: only its low bits and whether it has passed the line's length matter.
  delay.written = written >= 2 * LINE ? written - LINE : written;
  delay.mix = mixGoal;
  delay.feedback = feedbackGoal;
  delay.cross = crossGoal;
}

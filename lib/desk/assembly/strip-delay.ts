// A strip's own delay, wanted and never compensated: a line of memory that the page allocates once it is switched on.

import { STRIP_DELAY_ON, STRIP_DELAY_TIME } from './generated/parameters';
import { Strip } from './strip-record';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from './units';
import { isOn, targetOf } from './values';

/** A little more than the longest delay, 500 ms. Both sides of a frame lie together, as f64: nothing is rounded. */
const LINE: i32 = 24_064;
/** A new time is cross-faded to over 20 ms: no glide in pitch. */
const FADE: i32 = 960;

export const DELAY_LINE_BYTES: usize = <usize>LINE << 4;

function wantedTime(values: usize): i32 {
  return min(LINE - 1, <i32>Math.round(targetOf(values, STRIP_DELAY_TIME) * 0.001 * SAMPLE_RATE));
}

function wanted(strip: Strip, values: usize): bool {
  return strip.delayLine != 0 && isOn(values, STRIP_DELAY_ON);
}

/** The line is empty, whatever its memory holds. */
function emptyLine(strip: Strip, values: usize): void {
  strip.delayHead = 0;
  strip.delayFilled = 0;
  strip.delayTime = wantedTime(values);
  strip.delayFade = 0;
}

export function resetStripDelay(strip: Strip, values: usize): void {
  strip.delayAmount = wanted(strip, values) ? 1.0 : 0.0;
  emptyLine(strip, values);
}

/** What was written `time` frames ago; 0 is the frame at `head` itself. */
@inline
function tap(line: usize, head: i32, filled: i32, time: i32): v128 {
  if (time >= filled) return f64x2.splat(0.0);
  const at = head - time;
  return v128.load(line + (<usize>(at < 0 ? at + LINE : at) << 4));
}

@inline
function between(from: v128, to: v128, share: f64): v128 {
  return f64x2.add(from, f64x2.mul(f64x2.sub(to, from), f64x2.splat(share)));
}

function chooseTime(strip: Strip, values: usize): void {
  const time = wantedTime(values);
  if (time == strip.delayTime || strip.delayFade > 0) return;
  if (strip.delayAmount == 0.0) {
    strip.delayTime = time;
    return;
  }
  // Where the line does not reach back so far yet, the beginning of what it holds would be heard as a step.
  if (time > strip.delayFilled) return;
  strip.delayOldTime = strip.delayTime;
  strip.delayTime = time;
  strip.delayFade = FADE;
}

/** One chunk in place. Off it costs nothing; switched on it is heard as soon as its line reaches back far enough. */
export function processStripDelay(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const on = wanted(strip, values);
  const before = strip.delayAmount;
  if (before == 0.0 && !on) {
    strip.delayFilled = 0;
    strip.delayFade = 0;
    return;
  }
  chooseTime(strip, values);
  const ready = on && (before > 0.0 || strip.delayFilled >= strip.delayTime);
  strip.delayAmount = toward(before, ready ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const step = (strip.delayAmount - before) / <f64>frames;
  const whole = before == 1.0 && strip.delayAmount == 1.0;
  const line = <usize>(<u32>strip.delayLine);
  let amount = before;
  let head = strip.delayHead;
  let filled = strip.delayFilled;
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const dry = v128.load(at);
    v128.store(line + (<usize>head << 4), dry);
    filled = min(filled + 1, LINE);
    let late = tap(line, head, filled, strip.delayTime);
    if (strip.delayFade > 0) {
      late = between(late, tap(line, head, filled, strip.delayOldTime), <f64>strip.delayFade / <f64>FADE);
      strip.delayFade--;
    }
    amount += step;
    v128.store(at, whole ? late : between(dry, late, amount));
    head = head + 1 == LINE ? 0 : head + 1;
  }
  strip.delayHead = head;
  strip.delayFilled = filled;
}

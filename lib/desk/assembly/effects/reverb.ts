// Rooms, halls, plates, springs, chambers: early reflections and a network of delay lines behind a low cut and a pre-delay.
//
// The network loses nothing by itself, so that the decay is exactly what each line's gain makes it: −60 dB after the decay time.
// A one-pole filter in each line makes it half as long at the damping frequency (after J.-M. Jot, 1991). All that is random comes
// from a fixed seed: everybody hears the same room.

import {
  REVERB_CHARACTER,
  REVERB_DAMPING,
  REVERB_DECAY,
  REVERB_EARLY,
  REVERB_LOWCUT,
  REVERB_MIX,
  REVERB_PREDELAY,
  REVERB_SIZE,
  REVERB_WIDTH,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { changedAmong, targetOf, valueOf } from '../values';
import { diffuserScale, earlyFirst, earlyLast, earlyLevel, lineScale, SPRING, tailLevel } from './reverb-characters';
import { diffuse, hear, mixLines, readLines, wander } from './reverb-network';
import {
  DIFFUSER_LENGTH,
  DIFFUSERS,
  f32At,
  FADE,
  GAIN,
  i32At,
  INTO_LEFT,
  INTO_RIGHT,
  LENGTH,
  LINES,
  OLD_GAIN,
  OLD_LENGTH,
  OLD_POLE,
  OLD_TAP_TIME,
  OUT_LEFT,
  OUT_RIGHT,
  POLE,
  PRE,
  PRE_AT,
  Reverb,
  REVERB_BYTES,
  TAP_GAIN,
  TAP_TIME,
  TAPS,
} from './reverb-record';
import { belowTop, CHAIN_FRAMES, springs, topShare } from './reverb-springs';

export { REVERB_BYTES } from './reverb-record';

const SEED: u32 = 0x5eed1e55;

/** Primes, each about 9.7 % longer than the last: 18 to 74 ms. */
const LENGTHS: usize = memory.data<i32>([887, 977, 1087, 1187, 1303, 1429, 1567, 1721, 1889, 2069, 2273, 2477, 2713, 2971, 3257, 3571]);
/** Of the four springs. */
const SPRING_LENGTHS: usize = memory.data<i32>([1489, 1907, 1657, 2111]);
const DIFFUSER_LENGTHS: usize = memory.data<i32>([142, 107, 379, 277, 151, 113, 367, 263]);

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

/** The first prime from `from` on: lines whose lengths share no factor have no echoes in common. */
function prime(from: i32): i32 {
  let n = from | 1;
  for (let divisor = 3; divisor * divisor <= n; divisor += 2) {
    if (n % divisor != 0) continue;
    n += 2;
    divisor = 1;
  }
  return n;
}

/** Empty memory with what a character has besides its size. Signs: each side feeds eight lines; the sides hear all, with patterns that share nothing. */
function makeCharacter(at: usize, character: i32): void {
  memory.fill(at, 0, REVERB_BYTES);
  changetype<Reverb>(at).character = character;
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
  for (let i = 0; i < 2 * DIFFUSERS; i++) {
    const length = <i32>Math.round(<f64>i32At(DIFFUSER_LENGTHS, i) * diffuserScale(character));
    store<i32>(at + DIFFUSER_LENGTH + (<usize>i << 2), length);
  }
}

export function initReverb(address: i32): void {
  makeCharacter(<usize>(<u32>address), 0);
}

function wantedTime(values: usize): i32 {
  return max(1, <i32>Math.round(targetOf(values, REVERB_PREDELAY) * 0.001 * SAMPLE_RATE));
}

/** Reflections of each side at times that grow like those of walls ever farther away, softer the later, in signs of either kind. */
function placeTaps(at: usize, character: i32, size: f64): void {
  let seed = SEED ^ (<u32>(character + 1) * 0x9e3779b9);
  const first = earlyFirst(character) * 0.001 * SAMPLE_RATE * size;
  const spread = earlyLast(character) / earlyFirst(character);
  for (let i = 0; i < 2 * TAPS; i++) {
    seed = scramble(seed);
    const place = (<f64>(i >> 1) + 0.8 * (<f64>(seed & 0xffff) / 65536.0)) / <f64>TAPS;
    const growth = Math.pow(spread, place);
    const offset = <usize>i << 2;
    store<i32>(at + TAP_TIME + offset, <i32>Math.round(first * growth));
    store<f32>(at + TAP_GAIN + offset, <f32>((earlyLevel(character) / Math.sqrt(growth)) * (seed & 0x100000 ? 1.0 : -1.0)));
  }
}

/** Lengths of the lines and times of the reflections for a size in percent. */
function place(at: usize, character: i32, percent: f64): void {
  const size = percent / 100.0;
  for (let i = 0; i < LINES; i++) {
    const whole = character == SPRING ? i32At(SPRING_LENGTHS, i & 3) : i32At(LENGTHS, i);
    store<i32>(at + LENGTH + (<usize>i << 2), prime(<i32>(<f64>whole * lineScale(character) * size)));
  }
  placeTaps(at, character, size);
  changetype<Reverb>(at).size = percent;
}

/** Gains and poles of the lines for a decay time and a damping frequency. */
function tune(at: usize, values: usize): void {
  const reverb = changetype<Reverb>(at);
  const decay = Math.exp(valueOf(values, REVERB_DECAY));
  const cosine = Math.cos((2.0 * Math.PI * Math.min(20000.0, Math.exp(valueOf(values, REVERB_DAMPING)))) / SAMPLE_RATE);
  const count = reverb.character == SPRING ? 4 : LINES;
  let sum = 0.0;
  for (let i = 0; i < count; i++) {
    const length = <f64>i32At(at + LENGTH, i) + (reverb.character == SPRING ? CHAIN_FRAMES : 0.0);
    const gain = Math.pow(10.0, (-3.0 * length) / (SAMPLE_RATE * decay));
    // The pole at which the filter takes another `gain` away at the damping frequency.
    const square = gain * gain;
    const middle = 1.0 - square * cosine;
    const outer = 1.0 - square;
    const pole = (middle - Math.sqrt(Math.max(0.0, middle * middle - outer * outer))) / outer;
    store<f32>(at + GAIN + (<usize>i << 2), <f32>(gain * (1.0 - pole)));
    store<f32>(at + POLE + (<usize>i << 2), <f32>pole);
    sum += length;
  }
  const mean = Math.pow(10.0, (-6.0 * sum) / (<f64>count * SAMPLE_RATE * decay));
  reverb.level = tailLevel(reverb.character) * Math.sqrt(1.0 - mean);
}

/** Another character, from silence. */
function begin(at: usize, values: usize): void {
  const character = <i32>targetOf(values, REVERB_CHARACTER);
  makeCharacter(at, character);
  place(at, character, targetOf(values, REVERB_SIZE));
  tune(at, values);
  const reverb = changetype<Reverb>(at);
  reverb.time = wantedTime(values);
  reverb.mix = valueOf(values, REVERB_MIX) / 100.0;
  reverb.width = valueOf(values, REVERB_WIDTH) / 100.0;
  reverb.early = valueOf(values, REVERB_EARLY) / 50.0;
}

export function resetReverb(insert: Insert, values: usize): void {
  begin(base(insert), values);
  changetype<Reverb>(base(insert)).presence = 1.0;
}

/** Begins to fade to another pre-delay or size, unless a fade is still on its way. */
function follow(at: usize, values: usize): void {
  const reverb = changetype<Reverb>(at);
  const time = wantedTime(values);
  const size = targetOf(values, REVERB_SIZE);
  if (changedAmong(values, REVERB_DECAY, 1) || changedAmong(values, REVERB_DAMPING, 1)) tune(at, values);
  if (reverb.fadeLeft > 0 || (time == reverb.time && size == reverb.size)) return;
  reverb.oldTime = reverb.time;
  reverb.time = time;
  memory.copy(at + OLD_LENGTH, at + LENGTH, 64);
  memory.copy(at + OLD_TAP_TIME, at + TAP_TIME, 64);
  memory.copy(at + OLD_GAIN, at + GAIN, 64);
  memory.copy(at + OLD_POLE, at + POLE, 64);
  if (size != reverb.size) {
    place(at, reverb.character, size);
    tune(at, values);
  }
  reverb.fadeLeft = FADE;
}

@inline
function preTap(at: usize, written: i32, time: i32, side: usize): f64 {
  return <f64>load<f32>(at + PRE_AT + (<usize>((written - time) & (PRE - 1)) << 3) + side);
}

/** The early reflections of a side: every tap of it, from either side of the input by turns. */
@inline
function reflections(at: usize, written: i32, time: i32, times: usize, side: i32): f64 {
  let sum = 0.0;
  for (let i = side; i < 2 * TAPS; i += 2) {
    sum += <f64>f32At(at + TAP_GAIN, i) * preTap(at, written, time + i32At(at + times, i), (i & 4 ? 4 : 0) ^ (<usize>side << 2));
  }
  return sum;
}

/** Leaves the present character and comes back with the wanted one; what of it is let through at the end of the chunk. */
function presenceAfter(at: usize, values: usize, frames: i32): f64 {
  const reverb = changetype<Reverb>(at);
  const same = <i32>targetOf(values, REVERB_CHARACTER) == reverb.character;
  if (!same && reverb.presence == 0.0) {
    begin(at, values);
    return 0.0;
  }
  return toward(reverb.presence, same ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
}

export function processReverb(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = base(insert);
  const reverb = changetype<Reverb>(at);
  const presenceGoal = presenceAfter(at, values, frames);
  let presence = reverb.presence;
  const perFrame = 1.0 / <f64>frames;
  const presenceStep = (presenceGoal - presence) * perFrame;
  let level = reverb.level;
  follow(at, values);
  const character = reverb.character;
  const low = 1.0 - Math.exp((-2.0 * Math.PI * Math.exp(valueOf(values, REVERB_LOWCUT))) / SAMPLE_RATE);
  const mixGoal = valueOf(values, REVERB_MIX) / 100.0;
  const widthGoal = valueOf(values, REVERB_WIDTH) / 100.0;
  const earlyGoal = valueOf(values, REVERB_EARLY) / 50.0;
  let mix = reverb.mix;
  let width = reverb.width;
  let early = reverb.early;
  const mixStep = (mixGoal - mix) * perFrame;
  const widthStep = (widthGoal - width) * perFrame;
  const earlyStep = (earlyGoal - early) * perFrame;
  const levelStep = (reverb.level - level) * perFrame;
  const reflects = earlyLevel(character) > 0.0 && (early > 0.0 || earlyGoal > 0.0);
  const top = topShare();
  let written = reverb.written;
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    width += widthStep;
    early += earlyStep;
    level += levelStep;
    presence += presenceStep;
    const from = buffer + (<usize>i << 4);
    const dryLeft = load<f64>(from);
    const dryRight = load<f64>(from, 8);
    reverb.lowLeft += low * (dryLeft - reverb.lowLeft);
    reverb.lowRight += low * (dryRight - reverb.lowRight);
    if (Math.abs(reverb.lowLeft) < 1e-20) reverb.lowLeft = 0.0;
    if (Math.abs(reverb.lowRight) < 1e-20) reverb.lowRight = 0.0;
    const pre = at + PRE_AT + (<usize>(written & (PRE - 1)) << 3);
    // What comes into a character just taken fades in too, so that it does not begin with a knock.
    store<f32>(pre, <f32>(presence * (dryLeft - reverb.lowLeft)));
    store<f32>(pre, <f32>(presence * (dryRight - reverb.lowRight)), 4);
    const old = <f64>reverb.fadeLeft / <f64>FADE;
    let left = preTap(at, written, reverb.time, 0);
    let right = preTap(at, written, reverb.time, 4);
    let wetLeft = reflects ? reflections(at, written, reverb.time, TAP_TIME, 0) : 0.0;
    let wetRight = reflects ? reflections(at, written, reverb.time, TAP_TIME, 1) : 0.0;
    if (reverb.fadeLeft > 0) {
      left += old * (preTap(at, written, reverb.oldTime, 0) - left);
      right += old * (preTap(at, written, reverb.oldTime, 4) - right);
      if (reflects) {
        wetLeft += old * (reflections(at, written, reverb.oldTime, OLD_TAP_TIME, 0) - wetLeft);
        wetRight += old * (reflections(at, written, reverb.oldTime, OLD_TAP_TIME, 1) - wetRight);
      }
      reverb.fadeLeft--;
    }
    wander(at, character, written);
    if (character == SPRING) {
      const out = springs(at, written, belowTop(reverb, top, left, right), <f32>old);
      wetLeft = level * <f64>(f32x4.extract_lane(out, 0) + f32x4.extract_lane(out, 1));
      wetRight = level * <f64>(f32x4.extract_lane(out, 2) + f32x4.extract_lane(out, 3));
    } else {
      const inLeft = f32x4.splat(diffuse(at, character, written, 0, <f32>left));
      const inRight = f32x4.splat(diffuse(at, character, written, 1, <f32>right));
      const a = readLines(at, written, 0, <f32>old);
      const b = readLines(at, written, 1, <f32>old);
      const c = readLines(at, written, 2, <f32>old);
      const d = readLines(at, written, 3, <f32>old);
      mixLines(at, written, a, b, c, d, inLeft, inRight);
      wetLeft = early * wetLeft + level * hear(at, OUT_LEFT, a, b, c, d);
      wetRight = early * wetRight + level * hear(at, OUT_RIGHT, a, b, c, d);
    }
    const mid = 0.5 * presence * (wetLeft + wetRight);
    const side = 0.5 * presence * (wetLeft - wetRight) * width;
    store<f64>(from, dryLeft + mix * (mid + side - dryLeft));
    store<f64>(from, dryRight + mix * (mid - side - dryRight), 8);
    written++;
  }
  reverb.written = written & 0x3fffffff;
  reverb.mix = mixGoal;
  reverb.width = widthGoal;
  reverb.early = earlyGoal;
  reverb.presence = presenceGoal;
}

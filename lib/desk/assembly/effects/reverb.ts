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
import { BUFFER_BYTES, SCRATCH } from '../layout';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { changedAmong, targetOf, valueOf } from '../values';
import { diffuserScale, earlyFirst, earlyLast, earlyLevel, lineScale, SPRING, tailLevel } from './reverb-characters';
import { delayed, diffuse, leave, reflect, takeIn } from './reverb-input';
import { hear, mixLines, readLines, wander } from './reverb-network';
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

/** What goes into the tail, and the early reflections; then what comes out of both (f32, left and right). What is being left of each. */
const INTO: usize = SCRATCH + 5 * BUFFER_BYTES;
const EARLY: usize = INTO + BUFFER_BYTES;
const LEFT_BEHIND: usize = EARLY + BUFFER_BYTES;

/** Brings what a chunk has for the tail to `INTO`, and its early reflections to `EARLY` where there are any. */
function gather(at: usize, reflects: bool, frames: i32): void {
  const reverb = changetype<Reverb>(at);
  delayed(at, reverb.time, INTO, frames);
  if (reflects) reflect(at, reverb.time, TAP_TIME, EARLY, frames);
  if (reverb.fadeLeft == 0) return;
  delayed(at, reverb.oldTime, LEFT_BEHIND, frames);
  leave(LEFT_BEHIND, INTO, reverb.fadeLeft, frames);
  if (!reflects) return;
  reflect(at, reverb.oldTime, OLD_TAP_TIME, LEFT_BEHIND, frames);
  leave(LEFT_BEHIND, EARLY, reverb.fadeLeft, frames);
}

/** What of the lengths being left is still heard at frame `i` of the chunk. */
@inline
function stillOld(reverb: Reverb, i: i32): f32 {
  return <f32>max(reverb.fadeLeft - i, 0) / <f32>FADE;
}

/** The network over a chunk: from what goes in, at `INTO`, to what both sides hear of it, in its place. */
function ring(at: usize, character: i32, frames: i32): void {
  const reverb = changetype<Reverb>(at);
  diffuse(at, character, INTO, frames);
  for (let i = 0; i < frames; i++) {
    const written = reverb.written + i;
    const old = stillOld(reverb, i);
    const place = INTO + (<usize>i << 3);
    wander(at, character, written);
    const a = readLines(at, written, 0, old);
    const b = readLines(at, written, 1, old);
    const c = readLines(at, written, 2, old);
    const d = readLines(at, written, 3, old);
    mixLines(at, written, a, b, c, d, v128.load32_splat(place), v128.load32_splat(place, 4));
    store<f32>(place, hear(at, OUT_LEFT, a, b, c, d));
    store<f32>(place, hear(at, OUT_RIGHT, a, b, c, d), 4);
  }
}

/** The same of springs. */
function spring(at: usize, character: i32, frames: i32): void {
  const reverb = changetype<Reverb>(at);
  const top = topShare();
  for (let i = 0; i < frames; i++) {
    const written = reverb.written + i;
    const place = INTO + (<usize>i << 3);
    wander(at, character, written);
    const input = belowTop(reverb, top, <f64>load<f32>(place), <f64>load<f32>(place, 4));
    const out = springs(at, written, input, stillOld(reverb, i));
    store<f32>(place, f32x4.extract_lane(out, 0) + f32x4.extract_lane(out, 1));
    store<f32>(place, f32x4.extract_lane(out, 2) + f32x4.extract_lane(out, 3), 4);
  }
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
  // What comes into a character just taken fades in too, so that it does not begin with a knock.
  takeIn(at, buffer, frames, low, presence, presenceStep);
  gather(at, reflects, frames);
  if (character == SPRING) spring(at, character, frames);
  else ring(at, character, frames);
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    width += widthStep;
    early += earlyStep;
    level += levelStep;
    presence += presenceStep;
    let wet = f64x2.mul(f64x2.splat(level), f64x2.promote_low_f32x4(v128.load64_zero(INTO + (<usize>i << 3))));
    if (reflects) {
      const reflected = f64x2.promote_low_f32x4(v128.load64_zero(EARLY + (<usize>i << 3)));
      wet = f64x2.add(wet, f64x2.mul(f64x2.splat(early), reflected));
    }
    const turned = v128.shuffle<f64>(wet, wet, 1, 0);
    const mid = f64x2.mul(f64x2.splat(0.5 * presence), f64x2.add(wet, turned));
    const side = f64x2.mul(f64x2.splat(0.5 * presence * width), f64x2.sub(wet, turned));
    const place = buffer + (<usize>i << 4);
    const dry = v128.load(place);
    v128.store(place, f64x2.add(dry, f64x2.mul(f64x2.splat(mix), f64x2.sub(f64x2.add(mid, side), dry))));
  }
  reverb.written = (reverb.written + frames) & 0x3fffffff;
  reverb.fadeLeft = max(reverb.fadeLeft - frames, 0);
  reverb.mix = mixGoal;
  reverb.width = widthGoal;
  reverb.early = earlyGoal;
  reverb.presence = presenceGoal;
}

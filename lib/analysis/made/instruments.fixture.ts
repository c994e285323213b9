/** Instruments of a made band: plain, smooth sounds, so that what is planted in them is all there is to find. */
import { SAMPLE_RATE } from '../../units';

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Note {
  /** Seconds, seconds, Hz, 0…1. */
  readonly at: number;
  readonly long: number;
  readonly pitch: number;
  readonly loud: number;
}

export interface Voice {
  /** Level of the k-th harmonic as a gain. */
  readonly harmonic: (k: number, hertz: number) => number;
  readonly attack: number;
  /** Seconds for 60 dB while held (Infinity: holds), and after. */
  readonly fall: number;
  readonly release: number;
  readonly vibrato?: number;
}

const TABLE = 1024;

/** One turn of a note: its harmonics up to 9 kHz, from random phases. */
function turnOf(pitch: number, { harmonic }: Voice, random: () => number): Float64Array {
  const turn = new Float64Array(TABLE + 1);
  for (let k = 1; k * pitch < 9000; k++) {
    const level = harmonic(k, k * pitch);
    const phase = 2 * Math.PI * random();
    if (level > 1e-4)
      for (let n = 0; n <= TABLE; n++) turn[n] = (turn[n] as number) + level * Math.sin(phase + (2 * Math.PI * k * n) / TABLE);
  }
  return turn;
}

/** Adds notes to `into`. */
export function play(into: Float32Array, notes: readonly Note[], voice: Voice, random: () => number): void {
  const [falling, ending] = [6.91 / (voice.fall * SAMPLE_RATE), 6.91 / (voice.release * SAMPLE_RATE)];
  const rise = voice.attack * SAMPLE_RATE;
  for (const { at, long, pitch, loud } of notes) {
    const turn = turnOf(pitch, voice, random);
    const first = Math.round(at * SAMPLE_RATE);
    const held = Math.round(long * SAMPLE_RATE);
    const count = Math.min(into.length - first, held + Math.round(voice.release * SAMPLE_RATE));
    const step = (TABLE * pitch) / SAMPLE_RATE;
    let [envelope, place] = [0, 0];
    for (let n = 0; n < count; n++) {
      envelope = n < rise ? n / rise : envelope * (1 - (n < held ? falling : ending));
      const sway = voice.vibrato ? 1 + voice.vibrato * Math.sin((2 * Math.PI * 5.3 * n) / SAMPLE_RATE) : 1;
      place = (place + step * sway) % TABLE;
      const whole = Math.floor(place);
      const low = turn[whole] as number;
      into[first + n] = (into[first + n] as number) + loud * envelope * (low + (place - whole) * ((turn[whole + 1] as number) - low));
    }
  }
}

/** Adds a hit: a tone that falls from one pitch to another, and noise, each with its own decay (seconds for 60 dB). */
export function hit(
  into: Float32Array,
  at: number,
  {
    from,
    to,
    tone,
    noise,
    toneFall,
    noiseFall,
  }: { from: number; to: number; tone: number; noise: number; toneFall: number; noiseFall: number },
  random: () => number,
): void {
  const first = Math.round(at * SAMPLE_RATE);
  const count = Math.min(into.length - first, Math.round(1.2 * Math.max(toneFall, noiseFall) * SAMPLE_RATE));
  let phase = 0;
  for (let n = 0; n < count; n++) {
    const t = n / SAMPLE_RATE;
    phase += (2 * Math.PI * (to + (from - to) * Math.exp(-t / 0.02))) / SAMPLE_RATE;
    const rise = Math.min(1, n / 48);
    const sound =
      tone * Math.exp((-6.91 * t) / toneFall) * Math.sin(phase) + noise * Math.exp((-6.91 * t) / noiseFall) * (2 * random() - 1);
    into[first + n] = (into[first + n] as number) + rise * sound;
  }
}

export interface Shape {
  readonly type: 'bell' | 'high' | 'low';
  readonly freq: number;
  readonly q: number;
  readonly gain?: number;
}

/** Filters in place: bell, high-pass or low-pass of the Audio EQ Cookbook (Bristow-Johnson). */
export function filter(samples: Float32Array, { type, freq, q, gain = 0 }: Shape): Float32Array {
  const w = (2 * Math.PI * freq) / SAMPLE_RATE;
  const [sine, cosine] = [Math.sin(w) / (2 * q), Math.cos(w)];
  const a = 10 ** (gain / 40);
  const sets = {
    bell: [1 + sine * a, -2 * cosine, 1 - sine * a, 1 + sine / a, -2 * cosine, 1 - sine / a],
    high: [(1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2, 1 + sine, -2 * cosine, 1 - sine],
    low: [(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2, 1 + sine, -2 * cosine, 1 - sine],
  } as const;
  const [b0, b1, b2, a0, a1, a2] = sets[type];
  let [z1, z2] = [0, 0];
  for (let n = 0; n < samples.length; n++) {
    const x = samples[n] as number;
    const y = (b0 / a0) * x + z1;
    z1 = (b1 / a0) * x - (a1 / a0) * y + z2;
    z2 = (b2 / a0) * x - (a2 / a0) * y;
    samples[n] = y;
  }
  return samples;
}

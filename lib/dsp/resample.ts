import { besselI0 } from './bessel';

/** Attenuation of what would fold back into the band, dB. */
const STOPBAND_DB = 130;
/** The band below this part of the lower Nyquist frequency passes unchanged: 20 kHz at 44.1 kHz. */
const PASSBAND = 0.907;
/** Kaiser's formulas for the window's shape and the filter's length (Oppenheim & Schafer, section 7.5). */
const BETA = 0.1102 * (STOPBAND_DB - 8.7);

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Frames that `frames` at the rate `from` become at the rate `to`. */
export function resampledFrames(frames: number, from: number, to: number): number {
  return Math.round((frames * to) / from);
}

/**
 * Changes the sample rate of a stream by a Kaiser-windowed sinc at every output position: linear phase without delay, flat to
 * 0.907 of the lower Nyquist frequency, at least 120 dB down above it. Blocks may be of any length; the sum of what comes out is
 * `resampledFrames` of what went in.
 */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  /** Taps each side of the output position, in input frames. */
  private readonly reach: number;
  private readonly cutoff: number;
  private readonly phases = new Map<number, Float64Array>();
  /** What later outputs still need, one array per channel; its first frame is input frame `held`. */
  private tail: Float32Array[];
  private held: number;
  private taken = 0;
  private made = 0;

  /** @param from rate of what comes in, Hz, whole @param to rate of what goes out */
  constructor(
    private readonly channels: number,
    private readonly from: number,
    private readonly to: number,
  ) {
    const divisor = greatestCommonDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    const nyquist = Math.min(from, to) / 2;
    const width = (2 * Math.PI * nyquist * (1 - PASSBAND)) / from;
    this.reach = Math.ceil((STOPBAND_DB - 7.95) / (2.285 * width) / 2) + 1;
    this.cutoff = (nyquist * (1 + PASSBAND)) / 2 / from;
    this.held = 1 - this.reach;
    this.tail = Array.from({ length: channels }, () => new Float32Array(this.reach - 1));
  }

  /** Takes one block (one array per channel, equal lengths) and returns the frames that are complete with it. */
  push(block: readonly Float32Array[]): Float32Array[] {
    this.taken += block[0]?.length ?? 0;
    this.tail = this.tail.map((tail, channel) => joined(tail, block[channel] ?? new Float32Array(0)));
    // The last output whose taps all lie within what has come.
    const complete = Math.floor(((this.taken - this.reach) * this.up - 1) / this.down) + 1;
    return this.make(Math.max(this.made, complete));
  }

  /** The rest, after the last block: silence stands for what would follow. */
  flush(): Float32Array[] {
    this.tail = this.tail.map((tail) => joined(tail, new Float32Array(this.reach + 1)));
    return this.make(resampledFrames(this.taken, this.from, this.to));
  }

  private make(until: number): Float32Array[] {
    const count = Math.max(0, until - this.made);
    const out = Array.from({ length: this.channels }, () => new Float32Array(count));
    for (let i = 0; i < count; i++) this.makeFrame(out, i);
    this.made += count;
    this.forget();
    return out;
  }

  private makeFrame(out: readonly Float32Array[], i: number): void {
    const position = (this.made + i) * this.down;
    const phase = position % this.up;
    const first = (position - phase) / this.up - this.reach + 1 - this.held;
    const taps = this.phase(phase);
    for (let channel = 0; channel < this.channels; channel++) {
      const samples = this.tail[channel] as Float32Array;
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap++) sum += (taps[tap] as number) * (samples[first + tap] as number);
      (out[channel] as Float32Array)[i] = sum;
    }
  }

  private forget(): void {
    const needed = Math.floor((this.made * this.down) / this.up) - this.reach + 1;
    const gone = Math.min(needed - this.held, this.tail[0]?.length ?? 0);
    if (gone <= 0) return;
    this.tail = this.tail.map((tail) => tail.slice(gone));
    this.held += gone;
  }

  /** The taps for an output that lies `phase / up` of a frame behind an input frame; made when first needed. */
  private phase(phase: number): Float64Array {
    const known = this.phases.get(phase);
    if (known) return known;
    const taps = new Float64Array(2 * this.reach);
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap++) {
      const value = this.impulse(phase / this.up + this.reach - 1 - tap);
      taps[tap] = value;
      sum += value;
    }
    // Every phase passes a constant unchanged.
    for (let tap = 0; tap < taps.length; tap++) taps[tap] = (taps[tap] ?? 0) / sum;
    this.phases.set(phase, taps);
    return taps;
  }

  private impulse(distance: number): number {
    const place = distance / this.reach;
    if (Math.abs(place) >= 1) return 0;
    const x = 2 * Math.PI * this.cutoff * distance;
    const sinc = x === 0 ? 1 : Math.sin(x) / x;
    return (sinc * besselI0(BETA * Math.sqrt(1 - place * place))) / besselI0(BETA);
  }
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

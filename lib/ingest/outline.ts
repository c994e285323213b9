import { PEAK_ZOOMS, type Peaks, type PeakZoom } from '../media';

const FULL = 32_767;
const finest = PEAK_ZOOMS[0];

/** Collects a stem's peaks while its samples go by; memory grows with two numbers per 256 frames. */
export class Outline {
  private readonly pairs: number[] = [];
  private low = 0;
  private high = 0;
  private count = 0;
  private frames = 0;

  /** @param scale the level that the greatest value of a peak stands for */
  constructor(private readonly scale: number) {}

  /** `channels`: one array per channel, of which `length` frames count. */
  add(channels: readonly Float32Array[], length: number): void {
    for (let from = 0; from < length; ) {
      const until = Math.min(length, from + finest - this.count);
      for (const samples of channels) this.stretch(samples, from, until);
      this.count += until - from;
      if (this.count === finest) this.close();
      from = until;
    }
    this.frames += length;
  }

  private stretch(samples: Float32Array, from: number, until: number): void {
    let { low, high } = this;
    for (let i = from; i < until; i++) {
      const value = samples[i] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    this.low = low;
    this.high = high;
  }

  private close(): void {
    this.pairs.push(asInteger(this.low / this.scale), asInteger(this.high / this.scale));
    this.low = 0;
    this.high = 0;
    this.count = 0;
  }

  /** All zooms. */
  finish(): Peaks {
    if (this.count > 0) this.close();
    let zoom: PeakZoom = { framesPerPair: finest, pairs: this.pairs.length / 2, values: Int16Array.from(this.pairs) };
    const zooms = [zoom];
    for (const framesPerPair of PEAK_ZOOMS.slice(1)) {
      zoom = coarser(zoom, framesPerPair);
      zooms.push(zoom);
    }
    return { frames: this.frames, scale: this.scale, zooms };
  }
}

function asInteger(value: number): number {
  return Math.max(-FULL, Math.min(FULL, Math.round(value * FULL)));
}

function coarser(fine: PeakZoom, framesPerPair: number): PeakZoom {
  const step = framesPerPair / fine.framesPerPair;
  const pairs = Math.ceil(fine.pairs / step);
  const values = new Int16Array(pairs * 2);
  for (let i = 0; i < fine.pairs; i++) {
    const to = Math.floor(i / step) * 2;
    values[to] = Math.min(values[to] ?? 0, fine.values[i * 2] ?? 0);
    values[to + 1] = Math.max(values[to + 1] ?? 0, fine.values[i * 2 + 1] ?? 0);
  }
  return { framesPerPair, pairs, values };
}

/** A small picture of the whole: `count` numbers from 0 to 1, the highest level of each part. */
export function thumbnail(peaks: Peaks, count: number): number[] {
  const zoom = peaks.zooms[0];
  if (!zoom || zoom.pairs === 0) return [];
  return Array.from({ length: Math.min(count, zoom.pairs) }, (_, index, parts = Math.min(count, zoom.pairs)) => {
    const [from, until] = [Math.floor((index * zoom.pairs) / parts), Math.floor(((index + 1) * zoom.pairs) / parts)];
    let highest = 0;
    for (let i = from * 2; i < until * 2; i++) highest = Math.max(highest, Math.abs(zoom.values[i] ?? 0));
    return Math.min(1, Math.round((highest / FULL) * peaks.scale * 1000) / 1000);
  });
}

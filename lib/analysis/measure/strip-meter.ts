import { SAMPLE_RATE } from '../../units';
import { HOP, SIZE } from './bands';
import { Weighting } from './loudness';
import { Spectra } from './spectra';
import { ENVELOPE_STEP, type StripMeasure } from './strip-measure';
import { Thinner } from './thinner';

/** Frames of one step of loudness: 100 ms. */
const STEP = 4800;
const ENVELOPE_FRAMES = ENVELOPE_STEP * SAMPLE_RATE;
/** From this value on equal samples in a row are a clipped top: −1 dBFS. */
const TOP = 10 ** (-1 / 20);
const CLIPPED_RUN = 3;
const PLACES_KEPT = 32;

/** Counts runs of equal samples at the top of one side. */
class Clips {
  private last = 0;
  private run = 1;

  /** Whether this sample makes such a run. */
  add(sample: number): boolean {
    const same = sample === this.last && Math.abs(sample) >= TOP;
    this.run = same ? this.run + 1 : 1;
    this.last = sample;
    return this.run === CLIPPED_RUN;
  }
}

/** Measures a strip while its sound goes by, at 48 kHz; holds no more of it than 200 ms. */
export class StripMeter {
  private readonly spectra = new Spectra();
  private readonly thinner = new Thinner();
  private readonly envelope: number[] = [];
  private readonly steps: number[] = [];
  private readonly clippedAt: number[] = [];
  private readonly left = { clips: new Clips(), weighting: new Weighting(), stretch: new Float32Array(SIZE) };
  private readonly right = { clips: new Clips(), weighting: new Weighting(), stretch: new Float32Array(SIZE) };
  /** A mono strip's stretch that waits for the one after it. */
  private first: Float32Array | null = null;
  private clips = 0;
  private peak = 0;
  private energy = 0;
  private weighted = 0;
  private frames = 0;

  /** A mono strip is given the same array for both sides. */
  constructor(private readonly mono: boolean) {}

  /** The next frames of both sides. */
  add(left: Float32Array, right: Float32Array): void {
    for (let n = 0; n < left.length; n++) this.take(left[n] as number, right[n] as number);
  }

  private take(l: number, r: number): void {
    const { left, right } = this;
    this.thinner.add(0.5 * (l + r));
    if (left.clips.add(l) || (right.clips.add(r) && !this.mono)) this.clip();
    this.energy += l * l + r * r;
    this.peak = Math.max(this.peak, Math.abs(l), Math.abs(r));
    const weighted = left.weighting.power(l);
    this.weighted += weighted + (this.mono ? weighted : right.weighting.power(r));
    const inHop = this.frames % HOP;
    if (inHop < SIZE) {
      left.stretch[inHop] = l;
      right.stretch[inHop] = r;
    }
    this.frames += 1;
    if (inHop === SIZE - 1) this.transform();
    if (this.frames % STEP === 0) {
      this.steps.push(this.weighted / STEP);
      this.weighted = 0;
    }
    if (this.frames % ENVELOPE_FRAMES === 0) {
      this.envelope.push(Math.sqrt(this.energy / (2 * ENVELOPE_FRAMES)));
      this.energy = 0;
    }
  }

  private clip(): void {
    this.clips += 1;
    if (this.clippedAt.length < PLACES_KEPT) this.clippedAt.push(this.frames / SAMPLE_RATE);
  }

  private transform(): void {
    if (!this.mono) this.spectra.stereo(this.left.stretch, this.right.stretch);
    else if (this.first) {
      this.spectra.mono(this.first, this.left.stretch);
      this.first = null;
    } else this.first = this.left.stretch.slice();
  }

  /** Ends the measurement; what is shorter than a step at the song's end is left out. */
  finish(): StripMeasure {
    return {
      seconds: this.frames / SAMPLE_RATE,
      steps: Float32Array.from(this.steps),
      ...{ clips: this.clips, clippedAt: this.clippedAt, peak: this.peak },
      ...this.spectra.finish(this.mono),
      envelope: Float32Array.from(this.envelope),
      thinned: this.thinner.finish(),
    };
  }
}

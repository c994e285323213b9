/** Seconds of one value of `steps`. */
export const LOUDNESS_STEP = 0.1;
/** Seconds between two spectra. */
export const SPECTRUM_STEP = 0.2;
/** Seconds of one value of the envelope. */
export const ENVELOPE_STEP = 0.005;
/** One sample in so many is kept for comparing strips in time: 6 kHz. */
export const THINNING = 8;

/** Bins of a spectrum below 450 Hz. */
export const LOW_BINS = 77;

/** What the softest stretches of a strip hold: what is there while nobody plays. Stretches of digital silence do not count. */
export interface QuietMeasure {
  /** Mean power of each bin in them. */
  readonly spectrum: Float32Array;
  /** dBFS rms, both sides' mean. */
  readonly level: number;
  /** Share of the song, 0…1, that is within 3 dB of that level. */
  readonly share: number;
}

/**
 * What is measured of a strip's sound, before or after its processing, its fader left out. Powers are mean squares, of both
 * sides' mean; a mono strip counts as the same on both, as it is heard in the middle.
 */
export interface StripMeasure {
  readonly seconds: number;
  /** K-weighted power of every 100 ms, both sides added (ITU-R BS.1770-5 before its gates). */
  readonly steps: Float32Array;
  /** Highest sample. */
  readonly peak: number;
  /** Runs of at least three samples at the highest value, that value being over −1 dBFS, and where the first lie (seconds). */
  readonly clips: number;
  readonly clippedAt: readonly number[];
  /** Third-octave powers of each 200 ms: value `BANDS · time + band`. */
  readonly bands: Float32Array;
  /** Mean power of each bin over the whole song. */
  readonly spectrum: Float64Array;
  /** Power of left, of right, and of what both have together, in each third octave over the whole song. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly shared: Float64Array;
  /** Null where no stretch is soft without being silent. */
  readonly quiet: QuietMeasure | null;
  /** Bins below 450 Hz of each 200 ms, for the notes of low instruments: value `LOW_BINS · time + bin`. */
  readonly lows: Float32Array;
  /** Root mean square of every 5 ms. */
  readonly envelope: Float32Array;
  /** Both sides' mean at 6 kHz, for comparing strips in time. */
  readonly thinned: Float32Array;
}

/** What a compressor remembers, wherever it sits. */
@unmanaged
export class Compressor {
  /** Part of the compressed sound at the end of the last chunk, 0…1, and the make-up's gain. */
  amount: f64;
  makeup: f64;
  /** Reduction in force, dB. */
  reductionNow: f64;
  peak: f64;
  peakHold: f64;
  meanLeft: f64;
  meanRight: f64;
  /** Deepest reduction of the last chunk, dB. */
  reduction: f64;
  /** What it heard: the highest level, as a gain; it falls like a peak. */
  detector: f64;
  /** Its times (logarithms of ms), what one frame of each leaves of a distance, and for how long (ms) it holds a peak. */
  attack: f64;
  release: f64;
  keepDown: f64;
  keepBack: f64;
  hold: f64;
}

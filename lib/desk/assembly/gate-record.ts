/** What a gate remembers, wherever it sits. */
@unmanaged
export class Gate {
  /** 0 out, 1 in, moving between. */
  amount: f64;
  gain: f64;
  open: i32;
  hold: i32;
  peak: f64;
  peakHold: f64;
  /** Deepest reduction of the last chunk, dB. */
  reduction: f64;
  /** What it heard: the highest level, as a gain; it falls like a peak. */
  detector: f64;
  /** Its settings in dB and logarithms of ms, and the gains that follow from them. */
  threshold: f64;
  hysteresis: f64;
  range: f64;
  attack: f64;
  release: f64;
  opens: f64;
  closes: f64;
  floor: f64;
  rise: f64;
  fall: f64;
}

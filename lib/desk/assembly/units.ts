export const SAMPLE_RATE: f64 = 48000.0;
/** Switches, mutes and routes cross-fade over this many frames (5 ms). */
export const SWITCH_FRAMES: i32 = 240;

@inline
export function decibelsToGain(decibels: f64): f64 {
  return Math.pow(10.0, decibels / 20.0);
}

/** `now` moved towards `goal` by at most `step`. */
@inline
export function toward(now: f64, goal: f64, step: f64): f64 {
  return now < goal ? Math.min(now + step, goal) : Math.max(now - step, goal);
}

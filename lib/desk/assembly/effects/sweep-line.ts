// A short line of memory, left and right, read between its samples: what chorus and flanger sweep through.

/** Frames of the line: a power of two, 85 ms. */
const LINE: i32 = 4096;
const MASK: i32 = LINE - 1;
export const SWEEP_BYTES: usize = <usize>LINE << 4;
/** The least delay in frames that the reading between samples has room for. */
export const LEAST_DELAY: f64 = 2.0;

@inline
function at(line: usize, frame: i32, side: usize): f64 {
  return load<f64>(line + (<usize>(frame & MASK) << 4) + side);
}

/** The value `delay` frames before frame `now`, which need not be written yet, by a cubic through four samples (Hermite). */
@inline
export function readSwept(line: usize, now: i32, delay: f64, side: usize): f64 {
  const whole = Math.ceil(delay);
  const t = whole - delay;
  const frame = now - <i32>whole;
  const before = at(line, frame - 1, side);
  const x = at(line, frame, side);
  const next = at(line, frame + 1, side);
  const after = at(line, frame + 2, side);
  const c1 = 0.5 * (next - before);
  const c2 = before - 2.5 * x + 2.0 * next - 0.5 * after;
  const c3 = 0.5 * (after - before) + 1.5 * (x - next);
  return ((c3 * t + c2) * t + c1) * t + x;
}

@inline
export function writeSwept(line: usize, now: i32, left: f64, right: f64): void {
  const to = line + (<usize>(now & MASK) << 4);
  store<f64>(to, Math.abs(left) < 1e-20 ? 0.0 : left);
  store<f64>(to, Math.abs(right) < 1e-20 ? 0.0 : right, 8);
}

// K-weighting (ITU-R BS.1770-5, tables 1 and 2, for 48 kHz), left and right at once, in two stages of transposed direct form II.

/** Below this a state is nothing (−600 dB): denormal numbers would be slow. */
const NOTHING: f64 = 1e-30;

@inline
function kept(state: v128): v128 {
  return v128.and(state, f64x2.gt(f64x2.abs(state), f64x2.splat(NOTHING)));
}

/** The energy of `frames` weighed frames, both sides together; f64 interleaved from `buffer`, the filter's 64 bytes at `states`. */
export function weighEnergy(states: usize, buffer: usize, frames: i32): f64 {
  let a = v128.load(states);
  let b = v128.load(states, 16);
  let c = v128.load(states, 32);
  let d = v128.load(states, 48);
  let sum = f64x2.splat(0.0);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    const y = f64x2.add(f64x2.mul(f64x2.splat(1.53512485958697), x), a);
    a = f64x2.add(f64x2.sub(f64x2.mul(f64x2.splat(-2.69169618940638), x), f64x2.mul(f64x2.splat(-1.69065929318241), y)), b);
    b = f64x2.sub(f64x2.mul(f64x2.splat(1.19839281085285), x), f64x2.mul(f64x2.splat(0.73248077421585), y));
    const z = f64x2.add(y, c);
    c = f64x2.add(f64x2.sub(f64x2.mul(f64x2.splat(-2.0), y), f64x2.mul(f64x2.splat(-1.99004745483398), z)), d);
    d = f64x2.sub(y, f64x2.mul(f64x2.splat(0.99007225036621), z));
    sum = f64x2.add(sum, f64x2.mul(z, z));
  }
  v128.store(states, kept(a));
  v128.store(states, kept(b), 16);
  v128.store(states, kept(c), 32);
  v128.store(states, kept(d), 48);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** LUFS of a mean energy of both sides; −Infinity of none. */
export function loudnessOf(energy: f64): f64 {
  return energy <= 0.0 ? -Infinity : -0.691 + 10.0 * Math.log10(energy);
}

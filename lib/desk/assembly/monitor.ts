// What goes to this machine's speakers: never part of the mix.

import { desk } from './access';
import { MAX_FRAMES, MIX, OUTPUT } from './layout';
import { decibelsToGain, SAMPLE_RATE } from './units';

/** −20 dB. */
const DIM: f64 = 0.1;
const FOLLOW_FRAMES: f64 = 0.005 * SAMPLE_RATE;

/** `level` in dB, at most 0, silence at −120; dim and mono are 0 or 1. */
export function setMonitor(level: f64, dim: i32, mono: i32): void {
  const state = desk();
  if (level <= 0.0) state.monitorTarget = level <= -120.0 ? 0.0 : decibelsToGain(level);
  state.dimTarget = dim ? DIM : 1.0;
  state.monoTarget = mono ? 1.0 : 0.0;
}

/** Copies the mix to the output through level, dim and mono, `frames` from `from` on. */
export function monitor(from: i32, frames: i32): void {
  const state = desk();
  const rate = 1.0 - Math.exp(-1.0 / FOLLOW_FRAMES);
  const right = <usize>MAX_FRAMES << 2;
  let gain = state.monitorGain;
  let dim = state.dimGain;
  let mono = state.monoAmount;
  for (let i = from; i < from + frames; i++) {
    gain += (state.monitorTarget - gain) * rate;
    dim += (state.dimTarget - dim) * rate;
    mono += (state.monoTarget - mono) * rate;
    const at = <usize>i << 2;
    const l = <f64>load<f32>(MIX + at);
    const r = <f64>load<f32>(MIX + right + at);
    const mid = 0.5 * (l + r);
    const level = gain * dim;
    store<f32>(OUTPUT + at, <f32>(level * (l + mono * (mid - l))));
    store<f32>(OUTPUT + right + at, <f32>(level * (r + mono * (mid - r))));
  }
  state.monitorGain = settle(gain, state.monitorTarget);
  state.dimGain = settle(dim, state.dimTarget);
  state.monoAmount = settle(mono, state.monoTarget);
}

@inline
function settle(value: f64, target: f64): f64 {
  return Math.abs(value - target) < 1e-7 ? target : value;
}

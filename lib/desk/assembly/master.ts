// From the master strip to the mix.

import { bufferAt, desk } from './access';
import { MAX_FRAMES, MIX } from './layout';
import { nextTailGain } from './transport';

export const LATENCY: i32 = 0;
export function resetMaster(): void {}

export function processMaster(frames: i32, at: i32): void {
  const state = desk();
  const right = <usize>MAX_FRAMES << 2;
  const buffer = state.master >= 0 ? bufferAt(state.master) : 0;
  const goal = nextTailGain(frames);
  let tail = state.tailGain;
  const step = (goal - tail) / <f64>frames;
  let peak = 0.0;
  for (let i = 0; i < frames; i++) {
    tail += step;
    const from = buffer + (<usize>i << 4);
    const l = buffer ? load<f64>(from) * tail : 0.0;
    const r = buffer ? load<f64>(from, 8) * tail : 0.0;
    peak = Math.max(peak, Math.max(Math.abs(l), Math.abs(r)));
    const to = MIX + (<usize>(at + i) << 2);
    store<f32>(to, <f32>Math.max(-1.0, Math.min(1.0, l)));
    store<f32>(to + right, <f32>Math.max(-1.0, Math.min(1.0, r)));
  }
  state.tailGain = goal;
  state.mixPeak = peak;
}

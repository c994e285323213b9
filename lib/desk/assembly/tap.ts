// The last samples of one chosen strip, before and after it, for the page's spectrum.

import { desk } from './access';
import { TAP_AFTER, TAP_BEFORE, TAP_FRAMES } from './layout';
import { State } from './state-record';

function write(ring: usize, written: i32, buffer: usize, frames: i32): void {
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const mid = <f32>(0.5 * (load<f64>(at) + load<f64>(at, 8)));
    store<f32>(ring + (<usize>((written + i) & (TAP_FRAMES - 1)) << 2), mid);
  }
}

export function tapBefore(strip: i32, buffer: usize, frames: i32): void {
  if (desk().tapStrip == strip) write(TAP_BEFORE, desk().tapWritten, buffer, frames);
}

export function tapAfter(strip: i32, buffer: usize, frames: i32): void {
  const state = desk();
  if (state.tapStrip != strip) return;
  write(TAP_AFTER, state.tapWritten, buffer, frames);
  atomic.store<i32>(changetype<usize>(state) + offsetof<State>('tapWritten'), (state.tapWritten + frames) & 0x3fffffff);
}

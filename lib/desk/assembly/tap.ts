// The last samples of chosen strips, before or after them, for the page's spectra and its vectorscope.

import { tapAt } from './access';
import { Tap, TAP_AFTER, TAP_BYTES, TAP_FRAMES, TAPS } from './tap-record';

/** Looks at a strip from now on; −1 for none. What was kept of another one is forgotten. */
export function setTap(index: i32, strip: i32, place: i32): void {
  if (index < 0 || index >= TAPS) return;
  const tap = tapAt(index);
  memory.fill(changetype<usize>(tap), 0, TAP_BYTES);
  tap.strip = strip;
  tap.place = place == TAP_AFTER ? TAP_AFTER : 0;
}

function write(tap: Tap, buffer: usize, frames: i32): void {
  const ring = changetype<usize>(tap) + offsetof<Tap>();
  const written = tap.written;
  for (let i = 0; i < frames; i++) {
    const from = buffer + (<usize>i << 4);
    const to = ring + (<usize>((written + i) & (TAP_FRAMES - 1)) << 2);
    store<f32>(to, <f32>load<f64>(from));
    store<f32>(to, <f32>load<f64>(from, 8), <usize>TAP_FRAMES * 4);
  }
  atomic.store<i32>(changetype<usize>(tap), (written + frames) & 0x3fffffff, offsetof<Tap>('written'));
}

/** Keeps a chunk of a strip for whoever looks at this place of it. */
export function tapStrip(strip: i32, place: i32, buffer: usize, frames: i32): void {
  for (let i = 0; i < TAPS; i++) {
    const tap = tapAt(i);
    if (tap.strip == strip && tap.place == place) write(tap, buffer, frames);
  }
}

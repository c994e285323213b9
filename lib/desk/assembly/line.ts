// A line of memory that sound comes out of later than it went in. Left out where nothing is to be late.
//
// A new delay is faded to, once the line holds enough for it: what was late by nothing yet has no past to fade to.

import { Line } from './line-record';
import { SWITCH_FRAMES } from './units';

/** Whether a line is not needed: what goes in comes out. */
@inline
export function isStraight(line: Line, delay: i32): bool {
  return (line.delay | line.fadeLeft | delay) == 0;
}

/** A line of `places` frames (a power of two) at `ring`, late by `delay`, with silence in it. */
export function resetLine(line: Line, ring: usize, places: i32, delay: i32): void {
  line.place = 0;
  line.held = delay > 0 ? places : 0;
  line.delay = delay;
  line.oldDelay = delay;
  line.fadeLeft = 0;
  if (delay > 0) memory.fill(ring, 0, <usize>places << 4);
}

function write(line: Line, ring: usize, places: i32, from: usize, frames: i32): void {
  const first = min(frames, places - line.place);
  memory.copy(ring + (<usize>line.place << 4), from, <usize>first << 4);
  memory.copy(ring, from + (<usize>first << 4), <usize>(frames - first) << 4);
  line.place = (line.place + frames) & (places - 1);
  line.held = min(line.held + frames, places);
}

function read(line: Line, ring: usize, places: i32, delay: i32, to: usize, frames: i32): void {
  const begin = (line.place - frames - delay) & (places - 1);
  const first = min(frames, places - begin);
  memory.copy(to, ring + (<usize>begin << 4), <usize>first << 4);
  memory.copy(to + (<usize>first << 4), ring, <usize>(frames - first) << 4);
}

/** Fades a chunk at `to` over from the old delay. */
function fadeOver(line: Line, ring: usize, places: i32, to: usize, frames: i32): void {
  const begin = line.place - frames - line.oldDelay;
  for (let i = 0; i < frames && line.fadeLeft > 0; i++) {
    const old = f64x2.splat(<f64>line.fadeLeft / <f64>SWITCH_FRAMES);
    const at = to + (<usize>i << 4);
    const now = v128.load(at);
    const was = v128.load(ring + (<usize>((begin + i) & (places - 1)) << 4));
    v128.store(at, f64x2.add(now, f64x2.mul(f64x2.sub(was, now), old)));
    line.fadeLeft--;
  }
}

/**
 * One chunk from `from` to `to` (which may be the same), late by `delay` frames, at most `places` less a chunk. Not to be
 * called while the line is straight.
 */
export function delayChunk(line: Line, ring: usize, places: i32, delay: i32, from: usize, to: usize, frames: i32): void {
  write(line, ring, places, from, frames);
  if (delay != line.delay && line.fadeLeft == 0 && line.held >= delay + frames) {
    line.oldDelay = line.delay;
    line.delay = delay;
    line.fadeLeft = SWITCH_FRAMES;
  }
  read(line, ring, places, line.delay, to, frames);
  if (line.fadeLeft > 0) fadeOver(line, ring, places, to, frames);
  if (isStraight(line, delay)) line.held = 0;
}

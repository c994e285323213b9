// What differs between the types of effects; all else is in `insert.ts`.

import { INSERT_DELAY, INSERT_REVERB } from '../generated/parameters';
import { Insert } from '../insert-record';
import { DELAY_BYTES, initDelay, processDelay, resetDelay } from './delay';
import { initReverb, processReverb, resetReverb, REVERB_BYTES } from './reverb';

/** Bytes of long memory an effect of a type needs. */
export function effectBytes(type: i32): usize {
  switch (type) {
    case INSERT_REVERB:
      return REVERB_BYTES;
    case INSERT_DELAY:
      return DELAY_BYTES;
    default:
      return 16;
  }
}

/** Makes long memory ready; nothing in it is assumed. */
export function initEffect(insert: Insert): void {
  switch (insert.type) {
    case INSERT_REVERB:
      return initReverb(insert.address);
    case INSERT_DELAY:
      return initDelay(insert.address);
    default:
      return;
  }
}

/** Nothing rings, and everything is where `values` wants it. */
export function clearEffect(insert: Insert, values: usize): void {
  switch (insert.type) {
    case INSERT_REVERB:
      return resetReverb(insert, values);
    case INSERT_DELAY:
      return resetDelay(insert, values);
    default:
      return;
  }
}

/** One chunk in place, with the effect's own `mix`. */
export function processEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  switch (insert.type) {
    case INSERT_REVERB:
      return processReverb(insert, values, buffer, frames);
    case INSERT_DELAY:
      return processDelay(insert, values, buffer, frames);
    default:
      return;
  }
}

/** Frames by which an effect delays what goes through it: fixed by its type, whatever its values are, `mix` included. */
export function effectLatency(insert: Insert): i32 {
  switch (insert.type) {
    default:
      return 0;
  }
}
